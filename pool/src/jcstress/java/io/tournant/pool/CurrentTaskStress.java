package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code CurrentTask.CURRENT}: who looks at what a worker runs sees the task with its content. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "Nothing runs.")
@Outcome(id = "42", expect = ACCEPTABLE, desc = "Seen with its content.")
@Outcome(expect = FORBIDDEN, desc = "Seen without its content.")
@State
public class CurrentTaskStress {

    private static final class Task implements Runnable {
        int content;

        @Override
        public void run() {}
    }

    private final CurrentTask current = new CurrentTask();

    @Actor
    public void worker() {
        Task task = new Task();
        task.content = 42;
        current.set(task);
    }

    @Actor
    public void other(I_Result result) {
        result.r1 = current.get() instanceof Task task ? task.content : -1;
    }
}
