package io.tournant.pool.parking;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@code WakePermit.GRANT}: a worker that has slept for long ends its thread while somebody wakes it: one of them knows
 * better.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Granted: the thread goes on.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Withdrawn: a thread must be started.")
@Outcome(expect = FORBIDDEN, desc = "Both, so that nobody comes, or neither.")
@State
public class WakePermitWithdrawStress {

    private final WakePermit permit = new WakePermit();

    public WakePermitWithdrawStress() {
        permit.ask();
    }

    @Actor
    public void waker(ZZ_Result result) {
        result.r1 = permit.grant();
    }

    @Actor
    public void worker(ZZ_Result result) {
        result.r2 = permit.withdraw();
    }
}
