package io.tournant.pool.parking;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code WakePermit.GRANT}: who was woken sees what was written before the grant. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Woken, and sees it.")
@Outcome(expect = FORBIDDEN, desc = "Woken, and does not.")
@State
public class WakePermitStress {

    private final Parking parking = new Parking(1);
    private final WakePermit permit = new WakePermit();
    private int written;

    public WakePermitStress() {
        parking.popAny();
    }

    @Actor
    public void worker(I_Result result) {
        permit.ask();
        parking.park(0);
        permit.await(WakePermit.FOR_EVER);
        result.r1 = written;
    }

    @Actor
    public void granter() {
        while (parking.popAny() == Parking.NONE) {
            Thread.onSpinWait();
        }
        written = 1;
        permit.grant();
    }
}
