package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.spi.TaskRun;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code ShownRuns.SHOWN}: two runs are pushed onto the same stack and tidy it up while one ends: none is lost. */
@JCStressTest
@Outcome(id = "4", expect = ACCEPTABLE, desc = "Two of the old ones, and the two new ones.")
@Outcome(expect = FORBIDDEN, desc = "A run is not shown, or one that has ended is.")
@State
public class ShownRunsTidyStress {

    private static final TaskRun<Integer> RUN =
            new ManagedTask<>(new TaskId(1), TaskOptions.ofDefaults(), () -> 1, new TaskOwner() {});

    private final ShownRuns shown = new ShownRuns();
    private final ShownRuns.Shown ending = new ShownRuns.Shown(RUN);

    public ShownRunsTidyStress() {
        push();
        ShownRuns.Shown ended = new ShownRuns.Shown(RUN);
        shown.push(ended, 0);
        shown.push(ending, 0);
        push();
        ended.empty();
    }

    private void push() {
        shown.push(new ShownRuns.Shown(RUN), 0);
    }

    @Actor
    public void one() {
        push();
    }

    @Actor
    public void other() {
        ending.empty();
        push();
    }

    @Arbiter
    public void count(I_Result result) {
        shown.forEach(each -> result.r1++);
    }
}
