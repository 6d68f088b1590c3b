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
 * {@code WorkDeque.TAKE}: the owner takes a task out of the middle and pops the others, and the mark that it leaves
 * comes between it and a thief.
 */
@JCStressTest
@Outcome(id = "111", expect = ACCEPTABLE, desc = "Each task was taken once, and the mark by nobody.")
@Outcome(expect = FORBIDDEN, desc = "A task was lost or taken twice, or the mark was taken for one.")
@State
public class WorkDequeTakenOutStress {

    private final WorkDeque deque = new WorkDeque(4);
    private final int position;
    private int owned;
    private int stolen;

    public WorkDequeTakenOutStress() {
        deque.push(Weight.ONE);
        position = deque.nextPosition();
        deque.push(Weight.TEN);
        deque.push(Weight.HUNDRED);
    }

    @Actor
    public void owner() {
        owned = deque.takeOut(Weight.TEN, position) ? 10 : 0;
        owned += Weight.popAll(deque);
    }

    @Actor
    public void thief() {
        stolen = Weight.steal(deque, 3);
    }

    @Arbiter
    public void none(I_Result result) {
        result.r1 = deque.pop() == null ? owned + stolen : -1;
    }
}
