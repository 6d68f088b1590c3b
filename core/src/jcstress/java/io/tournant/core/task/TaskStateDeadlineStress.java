package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLI_Result;

/** {@code TaskState.OUTCOME}: a running task is cancelled while its deadline strikes; one of the two is its outcome. */
@JCStressTest
@Outcome(id = "true, CANCELLED, 11", expect = ACCEPTABLE, desc = "It was cancelled.")
@Outcome(id = "false, FAILED, 11", expect = ACCEPTABLE, desc = "It was too late.")
@Outcome(expect = FORBIDDEN, desc = "Two outcomes, or none, or the accounts do not agree.")
@State
public class TaskStateDeadlineStress {

    private final Fixtures.Accounts accounts = new Fixtures.Accounts();
    private final ManagedTask<Integer> task = Fixtures.running(accounts);

    @Actor
    public void canceller(ZLI_Result result) {
        result.r1 = task.cancel(true);
    }

    @Actor
    public void clock() {
        task.exceedDeadline(Duration.ofSeconds(1));
    }

    @Arbiter
    public void arbiter(ZLI_Result result) {
        task.fail(Fixtures.CAUSE);
        result.r2 = task.state();
        result.r3 = accounts.both();
    }
}
