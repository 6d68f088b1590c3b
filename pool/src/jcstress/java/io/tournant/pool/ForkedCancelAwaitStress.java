package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZIZ_Result;

/**
 * {@code Forked.SETTLED}: a task is cancelled while a thread from outside begins to wait for it.
 */
@JCStressTest
@Outcome(id = "true, 0, true", expect = ACCEPTABLE, desc = "It was cancelled before.")
@Outcome(id = "true, 1, true", expect = ACCEPTABLE, desc = "Woken.")
@Outcome(expect = FORBIDDEN, desc = "Nobody has woken it, or the cancellation was forgotten.")
@State
public class ForkedCancelAwaitStress {

    private final Answer task = new Answer();

    @Actor
    public void canceller(ZIZ_Result result) {
        result.r1 = task.cancel(false);
    }

    @Actor
    public void foreigner(ZIZ_Result result) {
        result.r2 = Foreign.await(task);
        result.r3 = task.isCancelled();
    }
}
