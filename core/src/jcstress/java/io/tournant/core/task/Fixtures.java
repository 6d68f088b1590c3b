package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.RetryPolicy;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** What the stress tests of a task start from. */
final class Fixtures {

    static final Placement ELSEWHERE = new Placement.Elsewhere("a stress test");
    static final IllegalStateException CAUSE = new IllegalStateException("on purpose");

    private static final Duration LONG = Duration.ofSeconds(10);

    private static boolean slept; // by whoever, so that one that is not woken does not hold up all that follow

    private Fixtures() {}

    /** Waits for the outcome. Returns false if this wait is the first of this JVM to last for long. */
    static boolean isWoken(ManagedTask<?> task) {
        if (slept) {
            return true;
        }
        long start = System.nanoTime();
        boolean ended = task.isEndedWithin(LONG);
        slept = System.nanoTime() - start >= LONG.toNanos(); // even if it found the outcome then
        return ended && !slept;
    }

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

    /** A task that runs, and is run again if the attempt ends. */
    static ManagedTask<Integer> retried(TaskOwner owner) {
        ManagedTask<Integer> task = retried(() -> 1, owner);
        if (!task.begin(ELSEWHERE)) {
            throw new AssertionError("nobody is there to cancel it");
        }
        return task;
    }

    /** A task that waits for its turn, and is run again if the attempt ends. */
    static <T> ManagedTask<T> retried(Callable<T> body, TaskOwner owner) {
        TaskOptions options =
                TaskOptions.ofDefaults().retry(RetryPolicy.ofDefaults()).idempotent(true);
        ManagedTask<T> task = new ManagedTask<>(new TaskId(1), options, body, owner);
        task.ready();
        return task;
    }

    /** As {@link Accounts}, and asks for another attempt each time. */
    static class Retrying extends Accounts {
        @Override
        public Duration pauseAfter(ManagedTask<?> task, TaskOutcome<?> attempt, boolean began) {
            return Duration.ZERO;
        }
    }

    /** Counts what it is told. */
    static class Accounts implements TaskOwner {
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
