package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.CancelMode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZI_Result;

/**
 * {@code Ending.DELIVERED}: an attempt elsewhere ends while its timeout is about to tell the backend. Whichever comes second
 * goes on with the task, so that the next attempt neither fails to follow nor is hit by what was meant for this one.
 */
@JCStressTest
@Outcome(id = "1, false, 1", expect = ACCEPTABLE, desc = "One attempt follows, when the backend has been told.")
@Outcome(expect = FORBIDDEN, desc = "No attempt follows, or two, or one that the backend may take for the other.")
@State
public class EndingLeftStress {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Owner owner = new Owner();
    private final ManagedTask<Integer> task = Fixtures.retried(owner);

    /** Counts the attempts that follow, and looks whether one did while the backend was being told. */
    private static final class Owner extends Fixtures.Retrying {
        private final AtomicInteger again = new AtomicInteger();
        private final AtomicInteger held = new AtomicInteger();
        private boolean toldLate; // only the clock's thread

        @Override
        public void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {
            toldLate = again.get() > 0;
        }

        @Override
        public void onAgain(ManagedTask<?> task, TaskOutcome<?> attempt, Duration pause) {
            again.incrementAndGet();
        }

        @Override
        public void hold() {
            held.incrementAndGet();
        }

        @Override
        public void letGo() {
            held.decrementAndGet();
        }
    }

    @Actor
    public void clock() {
        task.exceedTimeout(LIMIT, 1);
    }

    @Actor
    public void backend() {
        task.fail(Fixtures.CAUSE);
    }

    @Arbiter
    public void arbiter(IZI_Result result) {
        result.r1 = owner.again.get();
        result.r2 = owner.toldLate;
        result.r3 = owner.held.get();
    }
}
