package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.Progress;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code ManagedTask.PROGRESS}: whoever sees a report sees what the task wrote before. The reader looks at the plain
 * field before as well, so that a compiler may keep the stale value where the report is read too weakly.
 */
@JCStressTest
@Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "No report yet.")
@Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "Written, and no report yet.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Reported in between.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Reported before.")
@Outcome(expect = FORBIDDEN, desc = "The report is seen and what the task wrote is not.")
@State
public class ManagedTaskProgressStress {

    private static final Progress REPORT = new Progress(1, 1, "done");

    private final ManagedTask<Integer> task = Fixtures.running(new TaskOwner() {});
    private int written;

    @Actor
    public void worker() {
        written = 1;
        task.progress(REPORT);
    }

    @Actor
    public void watcher(II_Result result) {
        result.r1 = written;
        result.r2 = task.progress().equals(REPORT) ? written : -1;
    }
}
