package io.tournant.pool.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * {@code WorkDeque.TAKE}: a join takes its task out from under another while a thief takes from the top, both tasks if
 * it can.
 */
@JCStressTest
@Outcome(
        id = "1, 0, 10",
        expect = ACCEPTABLE,
        desc = "The forker has its task; the thief came too early for the other.")
@Outcome(id = "1, 10, 0", expect = ACCEPTABLE, desc = "The forker has its task, the thief the other.")
@Outcome(id = "0, 11, 0", expect = ACCEPTABLE, desc = "The thief has both.")
@Outcome(id = "0, 1, 10", expect = ACCEPTABLE, desc = "The thief has the older.")
@Outcome(expect = FORBIDDEN, desc = "A task was taken twice, or lost.")
@State
public class WorkDequeTakeOutStress {

    private final WorkDeque deque = new WorkDeque(2);
    private final int position = deque.nextPosition();

    public WorkDequeTakeOutStress() {
        deque.push(Weight.ONE);
        deque.push(Weight.TEN);
    }

    @Actor
    public void forker(III_Result result) {
        result.r1 = deque.takeOut(Weight.ONE, position) ? 1 : 0;
    }

    @Actor
    public void thief(III_Result result) {
        result.r2 = Weight.steal(deque, 2);
    }

    @Arbiter
    public void left(III_Result result) {
        result.r3 = Weight.steal(deque, 3);
    }
}
