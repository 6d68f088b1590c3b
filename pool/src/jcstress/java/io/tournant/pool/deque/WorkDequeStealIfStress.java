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
 * {@code WorkDeque.TAKE}: while a thief looks whether the oldest task is one that it may take, the owner pops it and
 * pushes another in its place, of a type that the thief must not take.
 */
@JCStressTest
@Outcome(id = "1, 0, 100", expect = ACCEPTABLE, desc = "The owner has the first; the thief leaves the other alone.")
@Outcome(id = "0, 1, 100", expect = ACCEPTABLE, desc = "The thief has the first.")
@Outcome(expect = FORBIDDEN, desc = "The thief took what it must not take, or a task was lost or taken twice.")
@State
public class WorkDequeStealIfStress {

    private final WorkDeque deque = new WorkDeque(2);

    public WorkDequeStealIfStress() {
        deque.push(Weight.ONE);
    }

    @Actor
    public void owner(III_Result result) {
        result.r1 = Weight.popAll(deque);
        deque.push(new Other());
    }

    @Actor
    public void thief(III_Result result) {
        deque.stealIf(Weight.class, task -> result.r2 = weight(task));
    }

    @Arbiter
    public void left(III_Result result) {
        while (deque.steal(task -> result.r3 += weight(task)) != Steal.EMPTY) {
            Thread.onSpinWait();
        }
    }

    private static int weight(Runnable task) {
        return task instanceof Weight weight ? weight.weight() : 100;
    }

    private record Other() implements Runnable {
        @Override
        public void run() {}
    }
}
