package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskOutcome;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** {@code TaskState.SETTLED}: the first waiter comes while the task ends; it is woken. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "The waiter is woken.")
@Outcome(expect = FORBIDDEN, desc = "It waits for ever.")
@State
public class TaskStateSettledStress {

    private final ManagedTask<Integer> task = Fixtures.running(new TaskOwner() {});
    private CompletableFuture<TaskOutcome<Integer>> future;

    @Actor
    public void worker() {
        task.succeed(1);
    }

    @Actor
    public void waiter() {
        future = task.settled();
    }

    @Arbiter
    public void arbiter(Z_Result result) {
        result.r1 = future.isDone();
    }
}
