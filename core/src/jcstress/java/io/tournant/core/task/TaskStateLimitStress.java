package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** {@code TaskState.OUTCOME}: the time limit of an attempt strikes while the next begins, and does not hit it. */
@JCStressTest
@Outcome(id = "RUNNING, 2", expect = ACCEPTABLE, desc = "The second attempt goes on.")
@Outcome(id = "READY, 2", expect = ACCEPTABLE, desc = "The clock ended the first, and nobody has resumed the task.")
@Outcome(expect = FORBIDDEN, desc = "The limit of the first attempt hit the second, or no attempt follows.")
@State
public class TaskStateLimitStress {

    private final ManagedTask<Integer> task = Fixtures.retried(new Fixtures.Retrying());

    @Actor
    public void ender() {
        task.fail(Fixtures.CAUSE);
        task.resume();
        task.begin(Fixtures.ELSEWHERE);
    }

    @Actor
    public void clock() {
        task.exceedTimeout(Duration.ofSeconds(1), 1);
    }

    @Arbiter
    public void arbiter(LI_Result result) {
        result.r1 = task.ending() == null ? task.phase() : "ending";
        result.r2 = task.attempt();
    }
}
