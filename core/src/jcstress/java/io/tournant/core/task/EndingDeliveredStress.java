package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskContext;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@code Ending.DELIVERED}: a task that ends as soon as it sees that it is cancelled takes no interrupt along to what
 * its thread does next. One that arrives very late is seen by the next run of the test.
 */
@JCStressTest
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "No interrupt outside of the task.")
@Outcome(expect = FORBIDDEN, desc = "The interrupt hit what ran before or after.")
@State
public class EndingDeliveredStress {

    private static final int PATIENCE = 10_000; // it may be cancelled before, and then it never runs

    private final ManagedTask<Integer> task =
            Fixtures.ready(EndingDeliveredStress::spinUntilCancelled, new TaskOwner() {});

    private static Integer spinUntilCancelled() {
        TaskContext context = TaskContext.current();
        for (int i = 0; i < PATIENCE && !context.isCancelled(); i++) {
            Thread.onSpinWait();
        }
        return 1;
    }

    @Actor
    public void runner(ZZ_Result result) {
        result.r1 = Thread.interrupted();
        task.run();
        result.r2 = Thread.interrupted();
    }

    @Actor
    public void canceller() {
        task.cancel(true);
    }
}
