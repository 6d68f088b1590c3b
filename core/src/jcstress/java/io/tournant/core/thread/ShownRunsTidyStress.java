package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@code ShownRuns.SHOWN}: two runs are shown on pages of
 * one line, and tidy the stack up, while another ends: none is lost.
 */
@JCStressTest
@Outcome(id = "4", expect = ACCEPTABLE, desc = "Two of the old ones, and the two new ones.")
@Outcome(expect = FORBIDDEN, desc = "A run is not shown, or one that has ended is.")
@State
public class ShownRunsTidyStress {

    private final ShownRuns shown = new ShownRuns(1);
    private final ShownRuns.Shown ending = new ShownRuns.Shown(Runs.any());

    public ShownRunsTidyStress() {
        show();
        ShownRuns.Shown ended = new ShownRuns.Shown(Runs.any());
        shown.show(ended, 0);
        shown.show(ending, 0);
        show();
        ended.strike();
    }

    private void show() {
        shown.show(new ShownRuns.Shown(Runs.any()), 0);
    }

    @Actor
    public void one() {
        show();
    }

    @Actor
    public void other() {
        ending.strike();
        show();
    }

    @Arbiter
    public void count(I_Result result) {
        shown.forEach(each -> result.r1++);
    }
}
