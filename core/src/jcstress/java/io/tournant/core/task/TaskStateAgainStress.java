package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLI_Result;

/** {@code TaskState.OUTCOME}: a task is cancelled while its attempt ends and another is to follow; none does. */
@JCStressTest
@Outcome(id = "true, CANCELLED, 11", expect = ACCEPTABLE, desc = "It is cancelled and accounted for once.")
@Outcome(expect = FORBIDDEN, desc = "The cancellation is lost, or the accounts do not agree.")
@State
public class TaskStateAgainStress {

    private final Fixtures.Retrying owner = new Fixtures.Retrying();
    private final ManagedTask<Integer> task = Fixtures.retried(owner);

    @Actor
    public void ender() {
        task.fail(Fixtures.CAUSE);
    }

    @Actor
    public void canceller(ZLI_Result result) {
        result.r1 = task.cancel(true);
    }

    @Arbiter
    public void arbiter(ZLI_Result result) {
        result.r2 = task.state();
        result.r3 = owner.both();
    }
}
