package io.tournant.pool.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code WorkDeque.TAKE}: the owner pops while a thief takes half of three tasks. */
@JCStressTest
@Outcome(id = "111", expect = ACCEPTABLE, desc = "Each task was taken once.")
@Outcome(expect = FORBIDDEN, desc = "One was lost or taken twice.")
@State
public class WorkDequeBatchStress {

    private final WorkDeque deque = new WorkDeque(4);
    private int owned;
    private int stolen;

    public WorkDequeBatchStress() {
        deque.push(Weight.ONE);
        deque.push(Weight.TEN);
        deque.push(Weight.HUNDRED);
    }

    @Actor
    public void owner() {
        owned = Weight.popAll(deque);
    }

    @Actor
    public void thief() {
        stolen = Weight.stealBatch(deque);
    }

    @Arbiter
    public void left(I_Result result) {
        result.r1 = owned + stolen + Weight.steal(deque, 4);
    }
}
