package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code Pace.ON}: a worker wakes while the watch switches itself off: the watch sees it, or it switches the watch on
 * again.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The worker found the watch off.")
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "The watch stayed on.")
@Outcome(expect = FORBIDDEN, desc = "A worker is awake and the watch is off.")
@State
public class PaceStress {

    private final Pace pace = new Pace();

    public PaceStress() {
        pace.quicken(Pace.SLOW);
    }

    @Actor
    public void worker(II_Result result) {
        result.r1 = pace.awake();
    }

    @Actor
    public void watch() {
        pace.switchOff();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r2 = pace.get();
    }
}
