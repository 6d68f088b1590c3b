package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.Termination;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * {@code TaskState.GONE}: the first who waits for the end of a cancelled task's work comes while it ends; it is woken.
 */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "The waiter is woken.")
@Outcome(expect = FORBIDDEN, desc = "It waits for ever.")
@State
public class TaskStateGoneStress {

    private final ManagedTask<Integer> task = Fixtures.running(new TaskOwner() {});
    private CompletableFuture<Termination> future;

    public TaskStateGoneStress() {
        task.cancel(true);
    }

    @Actor
    public void worker() {
        task.succeed(1);
    }

    @Actor
    public void waiter() {
        future = task.gone();
    }

    @Arbiter
    public void arbiter(Z_Result result) {
        result.r1 = future.isDone();
    }
}
