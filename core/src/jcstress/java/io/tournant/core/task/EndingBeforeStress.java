package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskPhase;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * {@code Ending.DELIVERED}: the deadline strikes while the interrupt of an expiring attempt is on its way. The ending that
 * takes the place of the other is delivered first, and the runner waits for both.
 */
@JCStressTest
@Outcome(id = "false, false, 11", expect = ACCEPTABLE, desc = "No interrupt outside of the task.")
@Outcome(expect = FORBIDDEN, desc = "The interrupt hit what ran before or after, or the accounts do not agree.")
@State
public class EndingBeforeStress {

    private static final int PATIENCE = 10_000; // it may be out of time before, and then it never runs
    private static final int TIME_TO_LEAVE = 200;
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Clock clock = new Clock();
    private final ManagedTask<Integer> task = Fixtures.retried(this::spinUntilDeadline, clock);

    /** Goes on while its attempt is expiring, so that the runner meets the ending that took the place of that. */
    private Integer spinUntilDeadline() {
        for (int i = 0; i < PATIENCE && !task.isDone(); i++) {
            Thread.onSpinWait();
        }
        return 1;
    }

    /** Has another attempt follow, and the deadline strike when the attempt is expiring and its runner not interrupted yet. */
    private static final class Clock extends Fixtures.Retrying {
        private boolean struck; // only the clock's thread

        @Override
        public @Nullable Future<?> watch(ManagedTask<?> task, Runnable giveUp) {
            if (!struck) {
                struck = true;
                task.exceedDeadline(LIMIT);
                for (int i = 0; i < TIME_TO_LEAVE; i++) { // a runner that does not wait is gone then
                    Thread.onSpinWait();
                }
            }
            return null;
        }
    }

    @Actor
    public void runner(ZZI_Result result) {
        result.r1 = Thread.interrupted();
        task.run();
        result.r2 = Thread.interrupted();
    }

    @Actor
    public void clock() {
        for (int i = 0;
                i < PATIENCE && task.phase() != TaskPhase.RUNNING;
                i++) { // a limit of what does not run is none
            Thread.onSpinWait();
        }
        task.exceedTimeout(LIMIT, 1);
    }

    @Arbiter
    public void arbiter(ZZI_Result result) {
        task.exceedDeadline(LIMIT);
        result.r3 = clock.both();
    }
}
