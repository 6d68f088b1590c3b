package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.deque.WorkDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code Pace.ON}: a task is entrusted to the watch, just when that slows down because it saw none. */
@JCStressTest
@Outcome(id = "3", expect = ACCEPTABLE, desc = "The watch looks often while the task waits.")
@Outcome(expect = FORBIDDEN, desc = "The task waits and the watch is slow.")
@State
public class PaceEntrustStress {

    private final Pace pace = new Pace();
    private final WorkDeque deque = new WorkDeque(2);

    public PaceEntrustStress() {
        pace.quicken(Pace.FAST);
    }

    @Actor
    public void maker() {
        deque.push(() -> {});
        pace.fence();
        if (pace.get() < Pace.FAST) {
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
