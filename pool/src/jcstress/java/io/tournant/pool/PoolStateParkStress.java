package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.parking.Parking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code PoolState.GATE} and {@code Parking.SIGNAL}: a worker parks while the pool is shut down: it sees that, or it is
 * woken.
 */
@JCStressTest
@Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "The worker sees it and wakes itself.")
@Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "It is woken.")
@Outcome(expect = FORBIDDEN, desc = "It sleeps for ever, or is woken twice.")
@State
public class PoolStateParkStress {

    private final PoolState state = new PoolState();
    private final Parking parking = new Parking(1);

    public PoolStateParkStress() {
        parking.popAny();
    }

    @Actor
    public void worker(II_Result result) {
        parking.park(0);
        result.r1 = state.isRunning() ? Parking.NONE : parking.popAny();
    }

    @Actor
    public void shutdown(II_Result result) {
        state.toShutdown();
        result.r2 = parking.popAny();
    }
}
