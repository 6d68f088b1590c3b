package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code ShownRuns.SHOWN}: two runs are shown at a time where one line of the page is left; both stay shown. */
@JCStressTest
@Outcome(id = "3", expect = ACCEPTABLE, desc = "The old one, and the two new ones.")
@Outcome(expect = FORBIDDEN, desc = "A run is not shown.")
@State
public class ShownRunsPageStress {

    private final ShownRuns shown = new ShownRuns(2);

    public ShownRunsPageStress() {
        show();
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
        show();
    }

    @Arbiter
    public void count(I_Result result) {
        shown.forEach(each -> result.r1++);
    }
}
