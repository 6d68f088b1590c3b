package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * {@code Forked.SETTLED}: a stolen task ends while it is cancelled: it has one outcome, and the canceller knows which.
 */
@JCStressTest
@Outcome(id = "true, -1", expect = ACCEPTABLE, desc = "Cancelled.")
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "Ended before.")
@Outcome(expect = FORBIDDEN, desc = "Two outcomes, or a canceller that knows another.")
@State
public class ForkedCancelStress {

    private final Task task = new Task();

    @Actor
    public void runner() {
        task.run();
    }

    @Actor
    public void canceller(ZI_Result result) {
        result.r1 = task.cancel(false);
    }

    @Arbiter
    public void outcome(ZI_Result result) {
        result.r2 = task.isCancelled() ? -1 : task.join();
    }

    private static final class Task extends ForkTask<Integer> {
        @Override
        protected Integer compute() {
            return 1;
        }
    }
}
