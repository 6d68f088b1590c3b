package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code Forked.DONE}: who sees that a task is done sees its result, though its forker ends it by a store alone. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "Not done yet.")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Done, and the result is there.")
@Outcome(expect = FORBIDDEN, desc = "Done without a result.")
@State
public class ForkedDoneStress {

    private final Task task = new Task();

    @Actor
    public void forker() {
        task.runUnstolen();
    }

    @Actor
    public void other(I_Result result) {
        result.r1 = task.isDone() ? task.written : -1;
    }

    private static final class Task extends ForkTask<Integer> {
        private int written;

        @Override
        protected Integer compute() {
            written = 1;
            return written;
        }
    }
}
