package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code TaskState.OUTCOME}: work that was cancelled ends while it is given up; it is accounted for once. */
@JCStressTest
@Outcome(id = "11", expect = ACCEPTABLE, desc = "One outcome, one end.")
@Outcome(expect = FORBIDDEN, desc = "The end of the work is accounted for twice, or never.")
@State
public class TaskStateReleasedStress {

    private final Fixtures.Accounts accounts = new Fixtures.Accounts();
    private final ManagedTask<Integer> task = Fixtures.running(accounts);

    public TaskStateReleasedStress() {
        task.cancel(true);
    }

    @Actor
    public void ender() {
        task.fail(Fixtures.CAUSE);
    }

    @Actor
    public void abandoner() {
        task.abandon();
    }

    @Arbiter
    public void arbiter(I_Result result) {
        result.r1 = accounts.both();
    }
}
