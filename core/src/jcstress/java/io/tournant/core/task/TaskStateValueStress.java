package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code TaskState.OUTCOME}: whoever sees the outcome sees what the task wrote before. The reader looks at the plain
 * field before as well, so that a compiler may keep the stale value where the state is read too weakly.
 */
@JCStressTest
@Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "No outcome yet.")
@Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "Written, and no outcome yet.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It ended in between.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It ended before.")
@Outcome(expect = FORBIDDEN, desc = "The outcome is seen and what the task wrote is not.")
@State
public class TaskStateValueStress {

    private final ManagedTask<Integer> task = Fixtures.running(new TaskOwner() {});
    private int written;

    @Actor
    public void worker() {
        written = 1;
        task.succeed(1);
    }

    @Actor
    public void waiter(II_Result result) {
        result.r1 = written;
        result.r2 = task.isDone() ? written : -1;
    }
}
