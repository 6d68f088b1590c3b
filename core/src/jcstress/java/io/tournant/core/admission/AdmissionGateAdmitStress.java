package io.tournant.core.admission;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * {@code AdmissionGate.ADMIT}, {@code AdmissionGate.DRAINED}: somebody enters while the gate is shut. Whoever is told
 * that it is shut and empty, here or there, sees what was done inside. The closer looks before as well, so that a
 * compiler may keep the stale value where shutting is too weak.
 */
@JCStressTest
@Outcome(
        id = {"in, 1", "in, 11"},
        expect = ACCEPTABLE,
        desc = "In and out before it was shut, which found it empty.")
@Outcome(id = "in and last, -1", expect = ACCEPTABLE, desc = "In before it was shut, out after that.")
@Outcome(
        id = {"in and last, 1", "in and last, 11"},
        expect = ACCEPTABLE,
        desc = "Out while it was shut; both are told that it is empty.")
@Outcome(id = "refused and last, 0", expect = ACCEPTABLE, desc = "Turned away; told twice that it is empty.")
@Outcome(id = "refused and last, -1", expect = ACCEPTABLE, desc = "Turned away; told once that it is empty.")
@Outcome(expect = FORBIDDEN, desc = "Nobody is told, or somebody is told too early, or does not see what was done.")
@State
public class AdmissionGateAdmitStress {

    private final AdmissionGate gate = new AdmissionGate();
    private int doneInside;

    @Actor
    public void submitter(LI_Result result) {
        result.r1 = switch (gate.enter()) {
            case ADMITTED -> {
                doneInside = 1;
                yield gate.leave() ? "in and last" : "in";
            }
            case REFUSED -> "refused";
            case REFUSED_LAST -> "refused and last";
        };
    }

    @Actor
    public void closer(LI_Result result) {
        int before = doneInside;
        result.r2 = gate.shut() ? 10 * before + doneInside : -1;
    }
}
