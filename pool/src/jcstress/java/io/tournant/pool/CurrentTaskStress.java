package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code CurrentTask.CURRENT}: who looks at what a worker runs sees the task with its content. The reader looks at the
 * content before as well, so that a compiler may keep the stale value where the task is read too weakly.
 */
@JCStressTest
@Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "Nothing runs.")
@Outcome(id = "42, -1", expect = ACCEPTABLE, desc = "Written, and nothing runs yet.")
@Outcome(id = "0, 42", expect = ACCEPTABLE, desc = "It began in between.")
@Outcome(id = "42, 42", expect = ACCEPTABLE, desc = "It began before.")
@Outcome(expect = FORBIDDEN, desc = "Seen without its content.")
@State
public class CurrentTaskStress {
    private static final class Task implements Runnable {
        int content;

        @Override
        public void run() {}
    }

    private final CurrentTask current = new CurrentTask();
    private final Task task = new Task();

    @Actor
    public void worker() {
        task.content = 42;
        current.set(task);
    }

    @Actor
    public void other(II_Result result) {
        result.r1 = task.content;
        result.r2 = current.get() == null ? -1 : task.content;
    }
}
