package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@code TaskState.SETTLED}: a thread waits, or begins to, while code is hung on the outcome, which takes its place; then
 * the task ends, and both are told.
 */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both have the outcome.")
@Outcome(expect = FORBIDDEN, desc = "One slept on.")
@State
public class TaskStateDisplacedStress {

    private final ManagedTask<Integer> task = Fixtures.running(new TaskOwner() {});

    @Actor
    public void waiter(ZZ_Result result) {
        result.r1 = Fixtures.isWoken(task);
    }

    @Actor
    public void other(ZZ_Result result) {
        var future = task.settled();
        task.succeed(1);
        result.r2 = future.isDone();
    }
}
