package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@code Forked.DONE}: a task that its forker runs, without a fence at its end, while a thread from outside gets its
 * result: who is not seen waiting looks again by itself.
 */
@JCStressTest
@Outcome(id = "42", expect = ACCEPTABLE, desc = "Sooner or later.")
@Outcome(expect = FORBIDDEN, desc = "There is no result, or another outcome.")
@State
public class ForkedAwaitUnstolenStress {

    private final Answer task = new Answer();

    @Actor
    public void forker() {
        task.runUnstolen();
    }

    @Actor
    public void foreigner(I_Result result) {
        result.r1 = Foreign.await(task, Waiter.FOR_EVER) ? task.kept() : -1;
    }
}
