package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code Forked.SETTLED}: one thread stops waiting while another begins, and then the task ends: who gives up takes
 * nobody along.
 */
@JCStressTest
@Outcome(id = "0, 42", expect = ACCEPTABLE, desc = "It was done before.")
@Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Woken.")
@Outcome(expect = FORBIDDEN, desc = "Who still waits was taken off the list.")
@State
public class ForkedGiveUpStress {

    private final Answer task = new Answer();

    @Actor
    public void foreigner(II_Result result) {
        result.r1 = Foreign.await(task);
        result.r2 = task.kept();
    }

    @Actor
    public void whoGivesUpThenThief() {
        Foreign.await(task, 0);
        task.run();
    }
}
