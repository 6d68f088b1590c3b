package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskContext;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * {@code Ending.DELIVERED}, {@code TaskState.GONE}: a task that was cancelled without interruption is stopped while it
 * ends; it is accounted for once, and the interrupt stays inside.
 */
@JCStressTest
@Outcome(id = "false, false, 11", expect = ACCEPTABLE, desc = "No interrupt outside of the task.")
@Outcome(expect = FORBIDDEN, desc = "The interrupt hit what ran before or after, or the accounts do not agree.")
@State
public class EndingStoppingStress {

    private static final int PATIENCE = 10_000;

    private final Fixtures.Accounts accounts = new Fixtures.Accounts();
    private final ManagedTask<Integer> task = Fixtures.ready(EndingStoppingStress::spinUntilCancelled, accounts);

    private static Integer spinUntilCancelled() {
        TaskContext context = TaskContext.current();
        for (int i = 0; i < PATIENCE && !context.isCancelled(); i++) {
            Thread.onSpinWait();
        }
        return 1;
    }

    @Actor
    public void runner(ZZI_Result result) {
        result.r1 = Thread.interrupted();
        task.run();
        result.r2 = Thread.interrupted();
    }

    @Actor
    public void stopper() {
        task.cancel(false);
        task.cancel(true);
    }

    @Arbiter
    public void arbiter(ZZI_Result result) {
        result.r3 = accounts.both();
    }
}
