package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** {@code TaskState.SETTLED}: a thread begins to wait while the task ends; it is woken, or does not park. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "The thread has the outcome.")
@Outcome(expect = FORBIDDEN, desc = "It slept on.")
@State
public class TaskStateWaitingStress {

    private final ManagedTask<Integer> task = Fixtures.running(new TaskOwner() {});

    @Actor
    public void worker() {
        task.succeed(1);
    }

    @Actor
    public void waiter(Z_Result result) {
        result.r1 = Fixtures.isWoken(task);
    }
}
