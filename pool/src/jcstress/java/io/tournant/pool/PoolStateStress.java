package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.parking.Parking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code PoolState.GATE} and {@code PoolState.LEAVE}: a task is submitted while the pool is shut down and its only
 * worker leaves.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Accepted, and the worker stays for it.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Refused, and the worker has left.")
@Outcome(expect = FORBIDDEN, desc = "Accepted and forgotten, or refused without need.")
@State
public class PoolStateStress {

    private final PoolState state = new PoolState();
    private final Parking parking = new Parking(1);
    private final WorkDeque queue = new WorkDeque(2);

    public PoolStateStress() {
        state.enter();
        parking.popAny();
    }

    @Actor
    public void submitter(II_Result result) {
        queue.push(() -> {});
        parking.signal();
        result.r1 = state.isRunning() || state.admitLate() ? 1 : 0;
    }

    @Actor
    public void worker(II_Result result) {
        state.toShutdown();
        long seen = state.look();
        result.r2 = queue.isEmpty() && state.tryLeave(seen) ? 1 : 0;
    }
}
