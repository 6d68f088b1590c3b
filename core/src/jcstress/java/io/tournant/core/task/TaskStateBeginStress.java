package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.Future;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** {@code TaskState.OUTCOME}: a waiting task is withdrawn while a thread takes it; it runs, or it never does. */
@JCStressTest
@Outcome(id = "true, false, 111", expect = ACCEPTABLE, desc = "It ran.")
@Outcome(id = "false, true, 11", expect = ACCEPTABLE, desc = "It was withdrawn.")
@Outcome(expect = FORBIDDEN, desc = "It ran and was withdrawn, or neither, or was accounted for twice or never.")
@State
public class TaskStateBeginStress {

    private final Fixtures.Accounts accounts = new Fixtures.Accounts();
    private int runs;
    private final ManagedTask<Boolean> task = Fixtures.ready(
            () -> {
                runs++;
                return true;
            },
            accounts);

    @Actor
    public void runner(ZZI_Result result) {
        task.run();
        result.r1 = task.state() == Future.State.SUCCESS;
    }

    @Actor
    public void stopper(ZZI_Result result) {
        result.r2 = task.withdraw() != null;
    }

    @Arbiter
    public void arbiter(ZZI_Result result) {
        result.r3 = 100 * runs + accounts.both();
    }
}
