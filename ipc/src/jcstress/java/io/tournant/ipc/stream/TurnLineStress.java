package io.tournant.ipc.stream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** {@code Turn.LINE} and {@code Turn.TURN}: one gets in line while another gives the turn up; it gets the turn, or is woken. */
@JCStressTest
@Outcome(id = "0, 7", expect = ACCEPTABLE, desc = "It gets the turn, and what was done in it.")
@Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "Both.")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It is woken.")
@Outcome(expect = FORBIDDEN, desc = "It waits, and nobody wakes it; or it does not see what was done in the turn.")
@State
public class TurnLineStress {

    private final Turn turn = new Turn();
    private int done = 1;

    public TurnLineStress() {
        turn.tryTake();
    }

    @Actor
    public void giveUp(II_Result result) {
        done = 7;
        result.r1 = turn.giveUp() ? 1 : 0;
    }

    @Actor
    public void getInLine(II_Result result) {
        result.r2 = turn.getInLine() ? done : 0;
    }
}
