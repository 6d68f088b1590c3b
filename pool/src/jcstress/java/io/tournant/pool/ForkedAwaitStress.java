package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code Forked.SETTLED} and {@code Forked.DONE}: a stolen task ends while a thread from outside begins to wait for it:
 * it is woken and sees the result, or does not wait.
 */
@JCStressTest
@Outcome(id = "0, 42", expect = ACCEPTABLE, desc = "It was done before.")
@Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Woken.")
@Outcome(expect = FORBIDDEN, desc = "Nobody has woken it, or there is no result.")
@State
public class ForkedAwaitStress {

    private final Answer task = new Answer();

    @Actor
    public void thief() {
        task.run();
    }

    @Actor
    public void foreigner(II_Result result) {
        result.r1 = Foreign.await(task);
        result.r2 = task.kept();
    }
}
