package io.tournant.pool.parking;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.deque.WorkDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** {@code Parking.SIGNAL}: a task is submitted while the last searching worker parks, and somebody wakes it. */
@JCStressTest
@Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "The maker wakes the worker.")
@Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "The worker sees the task and wakes itself.")
@Outcome(expect = FORBIDDEN, desc = "The task is there and everybody sleeps, or the worker is woken twice.")
@State
public class ParkingSignalStress {

    private final Parking parking = new Parking(1);
    private final WorkDeque deque = new WorkDeque(2);

    public ParkingSignalStress() {
        parking.popAny();
    }

    @Actor
    public void maker(II_Result result) {
        deque.push(() -> {});
        result.r1 = parking.signal();
    }

    @Actor
    public void worker(II_Result result) {
        result.r2 = parking.park(0) && !deque.isEmpty() ? parking.signal() : Parking.NONE;
    }
}
