package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.admission.AdmissionGate;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code ShownRuns.SHOWN}: a run begins while its executor is stopped; it sees that, or the stopper sees the run. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The run sees that it is to stop.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The stopper sees the run.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both.")
@Outcome(expect = FORBIDDEN, desc = "The run goes on, and nobody stops it.")
@State
public class ShownRunsShownStress {

    private final AdmissionGate gate = new AdmissionGate();
    private final ShownRuns shown = new ShownRuns();
    private final ShownRuns.Shown node = new ShownRuns.Shown(Runs.any());

    @Actor
    public void runner(ZZ_Result result) {
        shown.show(node);
        result.r1 = gate.isStopping();
    }

    @Actor
    public void stopper(ZZ_Result result) {
        gate.stop();
        boolean[] seen = new boolean[1];
        shown.forEach(each -> seen[0] = true);
        result.r2 = seen[0];
    }
}
