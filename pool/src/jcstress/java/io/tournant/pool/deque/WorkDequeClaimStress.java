package io.tournant.pool.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** {@code WorkDeque.CLAIM}: two thieves never work on the same position, and what neither takes can still be stolen. */
@JCStressTest
@Outcome(
        id = {"1, 10, 0", "10, 1, 0"},
        expect = ACCEPTABLE,
        desc = "One task each.")
@Outcome(
        id = {"1, 0, 10", "0, 1, 10"},
        expect = ACCEPTABLE,
        desc = "One thief was sent away while the other held the claim.")
@Outcome(expect = FORBIDDEN, desc = "One was lost or taken twice, or the top went backwards and hides one.")
@State
public class WorkDequeClaimStress {

    private final WorkDeque deque = new WorkDeque(2);

    public WorkDequeClaimStress() {
        deque.push(Weight.ONE);
        deque.push(Weight.TEN);
    }

    @Actor
    public void thief(III_Result result) {
        result.r1 = Weight.steal(deque, 1);
    }

    @Actor
    public void otherThief(III_Result result) {
        result.r2 = Weight.steal(deque, 1);
    }

    @Arbiter
    public void left(III_Result result) {
        result.r3 = Weight.steal(deque, 3);
    }
}
