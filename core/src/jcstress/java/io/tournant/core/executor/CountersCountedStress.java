package io.tournant.core.executor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskOutcome;
import io.tournant.core.admission.AdmissionGate;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * {@code Counters.COUNTED}, {@code AdmissionGate.ADMITTED}: statistics are taken while a task is let in, held once more and
 * ends; it does not count as ended before it counts as submitted.
 */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "Submitted first.")
@Outcome(expect = FORBIDDEN, desc = "More ended than were submitted.")
@State
public class CountersCountedStress {

    private final AdmissionGate gate = new AdmissionGate();
    private final Counters counters = new Counters();

    @Actor
    public void task() {
        gate.enter();
        gate.enterAgain();
        counters.ended(new TaskOutcome.Cancelled<>());
    }

    @Actor
    public void reader(Z_Result result) {
        ExecutorStats stats = counters.snapshot(gate, 0, 0);
        result.r1 = stats.cancelled() <= stats.submitted() && stats.submitted() >= 0;
    }
}
