package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/**
 * {@code Forked.SETTLED}: a task that its forker runs is cancelled. The forker may use the result all the same;
 * everybody else believes the canceller.
 */
@JCStressTest
@Outcome(id = "true, -1, -1", expect = ACCEPTABLE, desc = "Cancelled before it began.")
@Outcome(
        id = "true, 1, -1",
        expect = ACCEPTABLE_INTERESTING,
        desc = "The race that Forked accepts: the forker had the result.")
@Outcome(id = "false, 1, 1", expect = ACCEPTABLE, desc = "Ended before.")
@Outcome(expect = FORBIDDEN, desc = "The canceller and those who come later do not agree.")
@State
public class ForkedCancelUnstolenStress {

    private final Task task = new Task();

    @Actor
    public void forker(ZII_Result result) {
        task.runUnstolen();
        result.r2 = task.ran ? 1 : -1;
    }

    @Actor
    public void canceller(ZII_Result result) {
        result.r1 = task.cancel(false);
    }

    @Arbiter
    public void outcome(ZII_Result result) {
        result.r3 = task.isCancelled() ? -1 : task.join();
    }

    private static final class Task extends ForkTask<Integer> {
        private boolean ran;

        @Override
        protected Integer compute() {
            ran = true;
            return 1;
        }
    }
}
