package io.tournant.pool.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code WorkDeque.PUBLISH}: who steals a task sees what was written into it before the push. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "Nothing there yet.")
@Outcome(id = "42", expect = ACCEPTABLE, desc = "Stolen with its content.")
@Outcome(expect = FORBIDDEN, desc = "Stolen without its content.")
@State
public class WorkDequePublishStress {

    private static final class Task implements Runnable {
        int content;

        @Override
        public void run() {}
    }

    private final WorkDeque deque = new WorkDeque(2);

    @Actor
    public void owner() {
        Task task = new Task();
        task.content = 42;
        deque.push(task);
    }

    @Actor
    public void thief(I_Result result) {
        result.r1 = -1;
        deque.steal(task -> result.r1 = ((Task) task).content);
    }
}
