package io.tournant.pool.deque;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** {@code WorkDeque.TAKE}: a join pops its task while a thief takes it: one of them has it. */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "The forker has it.")
@Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "The thief has it.")
@Outcome(expect = FORBIDDEN, desc = "Both have it, or neither.")
@State
public class WorkDequePopIfStress {

    private final WorkDeque deque = new WorkDeque(2);

    public WorkDequePopIfStress() {
        deque.push(Weight.ONE);
    }

    @Actor
    public void forker(III_Result result) {
        result.r1 = deque.popIf(Weight.ONE) ? 1 : 0;
    }

    @Actor
    public void thief(III_Result result) {
        result.r2 = Weight.steal(deque, 1);
    }

    @Arbiter
    public void left(III_Result result) {
        result.r3 = Weight.steal(deque, 2);
    }
}
