package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskOutcome;
import java.util.concurrent.Future;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code HandleView.SEEN}: somebody looks at a task while it fails; a failure that was seen is not kept to be logged. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Seen, and not noted.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Not seen, and noted.")
@Outcome(expect = FORBIDDEN, desc = "Seen and logged all the same, or neither.")
@State
public class HandleViewSeenStress {

    private static final IllegalStateException CAUSE = new IllegalStateException("on purpose");

    private final ManagedTask<Integer> task = Fixtures.running(new TaskOwner() {
        @Override
        public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
            task.noteFailure(CAUSE);
        }
    });

    @Actor
    public void ender() {
        task.fail(CAUSE);
    }

    @Actor
    public void looker(ZZ_Result result) {
        result.r1 = task.state() == Future.State.FAILED;
    }

    @Arbiter
    public void arbiter(ZZ_Result result) {
        result.r2 = task.isNoted();
    }
}
