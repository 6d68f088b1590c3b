package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskContext;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * {@code TaskState.OUTCOME}, {@code Ending.DELIVERED}: work comes back while it is given up. Its owner is there until it has
 * been told of that, and the end of the work is accounted for once.
 */
@JCStressTest
@Outcome(id = "false, 11", expect = ACCEPTABLE, desc = "It came back in time, or was given up and came back.")
@Outcome(expect = FORBIDDEN, desc = "The owner was told when it was gone, or the accounts do not agree.")
@State
public class EndableTaskGiveUpStress {

    private static final int PATIENCE = 10_000; // it may be cancelled before, and then it never runs

    private final Owner owner = new Owner();
    private final ManagedTask<Integer> task = Fixtures.ready(EndableTaskGiveUpStress::spinUntilCancelled, owner);

    private static Integer spinUntilCancelled() {
        TaskContext context = TaskContext.current();
        for (int i = 0; i < PATIENCE && !context.isCancelled(); i++) {
            Thread.onSpinWait();
        }
        return 1;
    }

    /** Is there for as long as somebody holds it, first of all the task. */
    private static final class Owner extends Fixtures.Accounts {
        private final AtomicInteger held = new AtomicInteger(1);
        private @Nullable Runnable giveUp; // only the canceller's thread
        private boolean toldLate; // as above

        @Override
        public @Nullable Future<?> watch(ManagedTask<?> task, Runnable giveUp) {
            this.giveUp = giveUp;
            return null;
        }

        @Override
        public void hold() {
            held.incrementAndGet();
        }

        @Override
        public void letGo() {
            held.decrementAndGet();
        }

        @Override
        public void onGone(ManagedTask<?> task) {
            super.onGone(task);
            letGo();
        }

        @Override
        public void onAbandoned(ManagedTask<?> task) {
            toldLate = held.get() == 0;
        }
    }

    @Actor
    public void runner() {
        task.run();
        Thread.interrupted();
    }

    @Actor
    public void canceller(ZI_Result result) {
        task.cancel(true);
        if (owner.giveUp != null) {
            owner.giveUp.run();
        }
        result.r1 = owner.toldLate;
    }

    @Arbiter
    public void arbiter(ZI_Result result) {
        result.r2 = owner.both();
    }
}
