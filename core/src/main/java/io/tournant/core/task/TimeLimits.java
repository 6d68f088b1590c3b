package io.tournant.core.task;

import io.tournant.core.TaskOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The time limits of one task. Exists only for a task that has one. */
final class TimeLimits {
    /*
     * Overview   Without timers (in a worker, whose parent enforces the limits) it only tells the time left.
     * Fields     deadlineTimer  written by the submitter when the task is ready and before the backend has it; read by whoever
     *                           ends it, which only that timer itself can do before
     *            timeoutTimer, startNanos  written by whoever begins the task; the timer is read by whoever ends its
     *                       work, which its backend orders after the beginning; startNanos by the task's own threads
     * Accepted   a timer that is not disarmed fires on a task that has ended, and does nothing
     */
    private final TaskOptions options;
    private final @Nullable Timers timers;
    private final long submitNanos = System.nanoTime();
    private long startNanos = submitNanos;
    private @Nullable Future<?> deadlineTimer;
    private @Nullable Future<?> timeoutTimer;

    private TimeLimits(TaskOptions options, @Nullable Timers timers) {
        this.options = options;
        this.timers = timers;
    }

    /** Returns the limits that the options ask for, or null if they ask for none. */
    static @Nullable TimeLimits of(TaskOptions options, @Nullable Timers timers) {
        return options.timeout().isEmpty() && options.deadline().isEmpty() ? null : new TimeLimits(options, timers);
    }

    void submitted(ManagedTask<?> task) {
        if (timers != null && options.deadline().isPresent()) {
            Duration limit = options.deadline().get();
            deadlineTimer = timers.after(limit, () -> task.exceedDeadline(limit));
        }
    }

    void begun(ManagedTask<?> task, int attempt) {
        startNanos = System.nanoTime();
        if (timers != null && options.timeout().isPresent()) {
            Duration limit = options.timeout().get();
            timeoutTimer = timers.after(limit, () -> task.exceedTimeout(limit, attempt));
        }
    }

    /** The attempt has ended; another may begin. */
    void attemptEnded() {
        if (timeoutTimer != null) {
            timeoutTimer.cancel(false);
        }
    }

    void ended() {
        attemptEnded();
        if (deadlineTimer != null) {
            deadlineTimer.cancel(false);
        }
    }

    Optional<Duration> remaining() {
        long now = System.nanoTime();
        Optional<Duration> ofTimeout = options.timeout().map(limit -> left(limit, startNanos, now));
        Optional<Duration> ofDeadline = untilDeadline();
        if (ofTimeout.isEmpty() || ofDeadline.isEmpty()) {
            return ofTimeout.or(() -> ofDeadline);
        }
        return ofTimeout.get().compareTo(ofDeadline.get()) <= 0 ? ofTimeout : ofDeadline;
    }

    Optional<Duration> untilDeadline() {
        return options.deadline().map(limit -> left(limit, submitNanos, System.nanoTime()));
    }

    private static Duration left(Duration limit, long since, long now) {
        Duration left = limit.minusNanos(now - since);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
