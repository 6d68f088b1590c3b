package io.tournant.pool.parking;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** {@code Parking.STACK}: two makers signal at the same time: one worker is woken, and searches for both. */
@JCStressTest
@Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "The first wakes a worker.")
@Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "The second does.")
@Outcome(expect = FORBIDDEN, desc = "Nobody is woken, or two, or one twice.")
@State
public class ParkingTwoSignalsStress {

    private final Parking parking = new Parking(2);

    @Actor
    public void one(II_Result result) {
        result.r1 = parking.signal();
    }

    @Actor
    public void two(II_Result result) {
        result.r2 = parking.signal();
    }
}
