package io.tournant.pool.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** {@code WorkDeque.TAKE}: owner and thief work towards each other over two tasks, which shows what one does not. */
@JCStressTest
@Outcome(id = "11, 0, 0", expect = ACCEPTABLE, desc = "The owner has both.")
@Outcome(id = "10, 1, 0", expect = ACCEPTABLE, desc = "The owner has the newer, the thief the older.")
@Outcome(id = "0, 11, 0", expect = ACCEPTABLE, desc = "The thief has both.")
@Outcome(expect = FORBIDDEN, desc = "One was lost, taken twice, or left although both looked.")
@State
public class WorkDequeTakeTwoStress {

    private final WorkDeque deque = new WorkDeque(2);

    public WorkDequeTakeTwoStress() {
        deque.push(Weight.ONE);
        deque.push(Weight.TEN);
    }

    @Actor
    public void owner(III_Result result) {
        result.r1 = Weight.popAll(deque);
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
