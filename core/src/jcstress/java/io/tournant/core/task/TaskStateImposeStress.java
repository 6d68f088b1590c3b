package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZI_Result;

/**
 * {@code TaskState.OUTCOME}, {@code TaskState.GONE}: a running task ends while it is cancelled and then runs out of
 * time; it has one outcome, and is accounted for once.
 */
@JCStressTest
@Outcome(id = "SUCCESS, false, 11", expect = ACCEPTABLE, desc = "It ended first.")
@Outcome(id = "CANCELLED, true, 11", expect = ACCEPTABLE, desc = "It was cancelled first.")
@Outcome(id = "FAILED, false, 11", expect = FORBIDDEN, desc = "It had ended, and yet ran out of time.")
@Outcome(expect = FORBIDDEN, desc = "Two outcomes, or accounts that do not agree.")
@State
public class TaskStateImposeStress {

    private final Fixtures.Accounts accounts = new Fixtures.Accounts();
    private final ManagedTask<Integer> task = Fixtures.running(accounts);

    @Actor
    public void worker() {
        task.succeed(1);
    }

    @Actor
    public void canceller(LZI_Result result) {
        result.r2 = task.cancel(true);
        task.exceedTimeout(Duration.ofNanos(1), 1);
    }

    @Arbiter
    public void arbiter(LZI_Result result) {
        result.r1 = task.state();
        result.r3 = accounts.both();
    }
}
