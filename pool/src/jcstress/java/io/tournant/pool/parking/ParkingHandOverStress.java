package io.tournant.pool.parking;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.deque.WorkDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code Parking.HAND_OVER}: a task is submitted while the last searching worker has found another, so one more wakes.
 */
@JCStressTest
@Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "The maker wakes the second worker.")
@Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "The worker that stops searching wakes the second.")
@Outcome(
        expect = FORBIDDEN,
        desc = "The task is there, nobody searches and the second worker sleeps, or is woken twice.")
@State
public class ParkingHandOverStress {

    private final Parking parking = new Parking(2);
    private final WorkDeque deque = new WorkDeque(2);

    public ParkingHandOverStress() {
        parking.popAny();
    }

    @Actor
    public void maker(II_Result result) {
        deque.push(() -> {});
        result.r1 = parking.signal();
    }

    @Actor
    public void worker(II_Result result) {
        result.r2 = parking.stopSearching() && !deque.isEmpty() ? parking.signal() : Parking.NONE;
    }
}
