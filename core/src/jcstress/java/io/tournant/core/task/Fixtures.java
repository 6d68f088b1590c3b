package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** What the stress tests of a task start from. */
final class Fixtures {

    private static final Placement ELSEWHERE = new Placement.Elsewhere("a stress test");

    private Fixtures() {}

    /** A task that waits for its turn. */
    static <T> ManagedTask<T> ready(Callable<T> body, TaskOwner owner) {
        ManagedTask<T> task = new ManagedTask<>(new TaskId(1), TaskOptions.ofDefaults(), body, owner);
        task.ready();
        return task;
    }

    /** A task that runs, so that its end is whatever an actor reports. */
    static ManagedTask<Integer> running(TaskOwner owner) {
        ManagedTask<Integer> task = ready(() -> 1, owner);
        if (!task.begin(ELSEWHERE)) {
            throw new AssertionError("nobody is there to cancel it");
        }
        return task;
    }

    /** Counts what it is told. */
    static final class Accounts implements TaskOwner {
        private final AtomicInteger outcomes = new AtomicInteger();
        private final AtomicInteger gone = new AtomicInteger();

        @Override
        public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
            outcomes.incrementAndGet();
        }

        @Override
        public void onGone(ManagedTask<?> task) {
            gone.incrementAndGet();
        }

        /** Returns {@code 11} for one outcome and one end. */
        int both() {
            return 10 * outcomes.get() + gone.get();
        }
    }
}
