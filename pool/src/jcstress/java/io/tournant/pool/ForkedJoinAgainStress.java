package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * {@code Forked.SETTLED}: a task that its forker runs is cancelled by one and joined by another, who agree on the
 * outcome. The other comes right after the forker, on its thread, since there may be only two processors.
 */
@JCStressTest
@Outcome(id = "true, -1", expect = ACCEPTABLE, desc = "Cancelled.")
@Outcome(id = "false, 42", expect = ACCEPTABLE, desc = "Ended before.")
@Outcome(expect = FORBIDDEN, desc = "Cancelled, and yet somebody who is not its forker uses its result.")
@State
public class ForkedJoinAgainStress {

    private final Answer task = new Answer();

    @Actor
    public void forkerThenForeigner(ZI_Result result) {
        task.runUnstolen();
        try {
            result.r2 = task.join();
        } catch (CancellationException cancelled) {
            result.r2 = -1;
        }
    }

    @Actor
    public void canceller(ZI_Result result) {
        result.r1 = task.cancel(false);
    }
}
