package io.tournant.pool.parking;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code Parking.STACK}: while one takes a worker off the stack, another takes two and puts the first of them back. */
@JCStressTest
@Outcome(id = "111", expect = ACCEPTABLE, desc = "Each worker is in one place.")
@Outcome(expect = FORBIDDEN, desc = "A worker is in two places, or in none and sleeps for ever.")
@State
public class ParkingStackStress {

    private static final int[] WEIGHTS = {1, 10, 100};

    private final Parking parking = new Parking(3);
    private int one;
    private int other;

    @Actor
    public void popsOne() {
        one = weight(parking.popAny());
    }

    /** If it all happens between the other's read and CAS, the version alone has changed. */
    @Actor
    public void popsTwoAndPutsBackTheFirst() {
        int first = parking.popAny();
        other = weight(parking.popAny());
        parking.park(first);
        parking.stopSearching();
    }

    @Arbiter
    public void left(I_Result result) {
        result.r1 = one + other;
        for (int i = 0; i < 3; i++) {
            result.r1 += weight(parking.popAny());
        }
    }

    private static int weight(int worker) {
        return worker == Parking.NONE ? 0 : WEIGHTS[worker];
    }
}
