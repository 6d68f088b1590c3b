package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.parking.Parking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@code Pace.ON}: a task is submitted while all workers are busy, just when the watch slows down because it saw none:
 * one of them makes it quick again.
 */
@JCStressTest
@Outcome(id = "3", expect = ACCEPTABLE, desc = "The watch looks often while the task waits.")
@Outcome(expect = FORBIDDEN, desc = "The task waits and the watch is slow.")
@State
public class PaceSlowDownStress {

    private final Pace pace = new Pace();
    private final Parking parking = new Parking(1);
    private final WorkDeque deque = new WorkDeque(2);

    public PaceSlowDownStress() {
        pace.quicken(Pace.FAST);
        parking.popAny();
        parking.stopSearching();
    }

    @Actor
    public void maker() {
        deque.push(() -> {});
        if (parking.signal() == Parking.ALL_BUSY && pace.get() < Pace.FAST) {
            pace.quicken(Pace.FAST);
        }
    }

    @Actor
    public void watch() {
        pace.slowDown();
        if (!deque.isEmpty()) {
            pace.quicken(Pace.FAST);
        }
    }

    @Arbiter
    public void end(I_Result result) {
        result.r1 = pace.get();
    }
}
