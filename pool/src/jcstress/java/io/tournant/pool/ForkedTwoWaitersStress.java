package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code Forked.SETTLED}: two threads begin to wait at the same time, and then the task ends: both are on the list.
 */
@JCStressTest
@Outcome(id = "0, 42", expect = ACCEPTABLE, desc = "It was done before.")
@Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Woken.")
@Outcome(expect = FORBIDDEN, desc = "One has pushed the other off the list.")
@State
public class ForkedTwoWaitersStress {

    private final Answer task = new Answer();

    @Actor
    public void foreigner(II_Result result) {
        result.r1 = Foreign.await(task);
        result.r2 = task.kept();
    }

    @Actor
    public void otherForeignerThenThief() {
        task.enlist(new Waiter());
        task.run();
    }
}
