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
 * {@code WorkDeque.GROWTH} and {@code WorkDeque.REUSE}: a push into a full array, which either grows it or fills the
 * slot that a thief has just left.
 */
@JCStressTest
@Outcome(id = "111", expect = ACCEPTABLE, desc = "Each task was taken once.")
@Outcome(expect = FORBIDDEN, desc = "One was lost or taken twice.")
@State
public class WorkDequeRoomStress {

    private final WorkDeque deque = new WorkDeque(2);
    private int owned;
    private int stolen;

    public WorkDequeRoomStress() {
        deque.push(Weight.ONE);
        deque.push(Weight.TEN);
    }

    @Actor
    public void owner() {
        deque.push(Weight.HUNDRED);
        owned = Weight.popAll(deque);
    }

    @Actor
    public void thief() {
        stolen = Weight.steal(deque, 2);
    }

    @Arbiter
    public void left(I_Result result) {
        result.r1 = owned + stolen + Weight.steal(deque, 4);
    }
}
