package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.parking.Parking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code PoolState.GATE}: a task is submitted while the pool is stopped and its queues are drained.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Accepted, and returned by shutdownNow.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused, and taken back.")
@Outcome(expect = FORBIDDEN, desc = "Accepted and forgotten, or refused and returned.")
@State
public class PoolStateStopStress {

    private final PoolState state = new PoolState();
    private final Parking parking = new Parking(1);
    private final WorkDeque queue = new WorkDeque(2);

    public PoolStateStopStress() {
        state.enter();
        parking.popAny();
    }

    @Actor
    public void submitter(II_Result result) {
        queue.push(() -> {});
        parking.signal();
        result.r1 = state.isRunning() || state.admitLate() || queue.pop() == null ? 1 : 0;
    }

    @Actor
    public void shutdownNow(II_Result result) {
        state.toStop();
        while (queue.steal(task -> result.r2++) == Steal.RETRY) {
            Thread.onSpinWait();
        }
    }
}
