package io.tournant.pool.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@code WorkDeque.CLAIM}: a batch moves from one deque to another while somebody drains the first and then the second,
 * as the end of a pool does.
 */
@JCStressTest
@Outcome(id = "1111", expect = ACCEPTABLE, desc = "Each task is found in one of them, or in the hands of the thief.")
@Outcome(expect = FORBIDDEN, desc = "One was on the way, past who drains.")
@State
public class WorkDequeBatchMoveStress {

    private static final Weight THOUSAND = new Weight(1000);

    private final WorkDeque from = new WorkDeque(4);
    private final WorkDeque to = new WorkDeque(4);
    private int kept;
    private int drained;

    public WorkDequeBatchMoveStress() {
        from.push(Weight.ONE);
        from.push(Weight.TEN);
        from.push(Weight.HUNDRED);
        from.push(THOUSAND);
    }

    @Actor
    public void thief() {
        from.stealBatch(2, false, Weight.Nothing.class, task -> {
            if (kept == 0) {
                kept = ((Weight) task).weight();
            } else {
                to.push(task);
            }
        });
    }

    @Actor
    public void drainer() {
        drained = Weight.drain(from) + Weight.drain(to);
    }

    @Arbiter
    public void all(I_Result result) {
        result.r1 = kept + drained;
    }
}
