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
 * {@code WorkDeque.GROWTH}: a deque that looks empty gives its large array back while a thief takes the last task from
 * it.
 */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The task was taken once.")
@Outcome(expect = FORBIDDEN, desc = "It was lost or taken twice.")
@State
public class WorkDequeShrinkStress {

    private final WorkDeque deque = new WorkDeque(1);
    private int owned;
    private int stolen;

    public WorkDequeShrinkStress() {
        deque.push(Weight.ONE);
        deque.push(Weight.TEN);
        deque.pop();
    }

    @Actor
    public void owner() {
        deque.shrink();
        owned = Weight.popAll(deque);
    }

    @Actor
    public void thief() {
        stolen = Weight.steal(deque, 1);
    }

    @Arbiter
    public void left(I_Result result) {
        result.r1 = owned + stolen + Weight.steal(deque, 3);
    }
}
