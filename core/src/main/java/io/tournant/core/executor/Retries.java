package io.tournant.core.executor;

import io.tournant.core.RetryPolicy;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.Notes;
import io.tournant.core.task.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a task is run again, and keeps it until then. */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    private final int quarantine;
    private final Timers timers;
    private final Consumer<ManagedTask<?>> startAgain;
    private final Map<ManagedTask<?>, Pause> pausing = new ConcurrentHashMap<>();
    private final Map<ManagedTask<?>, Integer> crashes = new ConcurrentHashMap<>(); // of tasks that may run again

    Retries(int quarantine, Timers timers, Consumer<ManagedTask<?>> startAgain) {
        this.quarantine = quarantine;
        this.timers = timers;
        this.startAgain = startAgain;
    }

    /** Returns the pause before another attempt, or null if none follows. */
    @Nullable
    Duration pauseAfter(ManagedTask<?> task, TaskOutcome<?> attempt, boolean began) {
        TaskOptions options = task.options();
        RetryPolicy policy = options.retry();
        Throwable cause = attempt.failure().orElse(null);
        boolean mayHaveHadEffects = began && !(attempt instanceof TaskOutcome.Failed);
        if (cause == null
                || task.attempt() >= policy.maxAttempts()
                || (mayHaveHadEffects && !options.idempotent())
                || (cause instanceof WorkerCrashedException crash && crash.isQuarantined())
                || !asks(policy, cause)) {
            return null;
        }
        return policy.pauseAfter(task.attempt());
    }

    private static boolean asks(RetryPolicy policy, Throwable cause) {
        try {
            return policy.when().test(cause);
        } catch (RuntimeException | Error e) { // the user's code; the task has an outcome without it
            Notes.warn(LOG, "The predicate of a retry policy threw, and the task is not run again.", e);
            return false;
        }
    }

    /** Counts a crash of whatever ran a task. Returns what is told of it. */
    WorkerCrashedException crashed(ManagedTask<?> task, WorkerCrashedException cause) {
        boolean began = task.phase() == TaskPhase.RUNNING;
        boolean mayRunAgain = began
                && task.options().idempotent()
                && task.attempt() < task.options().retry().maxAttempts();
        if (!mayRunAgain) {
            return cause;
        }
        int soFar = crashes.merge(task, 1, Integer::sum);
        return soFar < quarantine ? cause : cause.quarantine(soFar);
    }

    /** Keeps a task that is to be started again. Whoever takes it out lets go of it. */
    void keep(ManagedTask<?> task, Duration pause) {
        pausing.put(task, new Pause(pause));
    }

    /** Has a task started again when its pause is over. */
    void resumeLater(ManagedTask<?> task) {
        Pause pause = pausing.get(task);
        if (pause == null) {
            return;
        }
        try {
            pause.timer = timers.after(pause.length, () -> resume(task));
        } catch (RuntimeException | Error e) {
            Notes.warn(LOG, "No thread for the clock: a task is run again without a pause. task=" + task.name(), e);
            timers.consequence(() -> resume(task));
        }
    }

    private void resume(ManagedTask<?> task) {
        if (pausing.remove(task) != null) {
            startAgain.accept(task);
        }
    }

    /** Waits on the calling thread for the end of a task's pause. Returns false if no attempt follows. */
    boolean awaitResumption(ManagedTask<?> task) {
        Pause pause = pausing.get(task);
        return pause != null && !task.isEndedWithin(pause.length) && pausing.remove(task) != null;
    }

    /** A task is over. Returns true if that was during a pause, after which nothing will happen now. */
    boolean forget(ManagedTask<?> task) {
        crashes.remove(task);
        Pause pause = pausing.remove(task);
        if (pause == null) {
            return false;
        }
        pause.cancelTimer();
        return true;
    }

    /** A pause, and the timer that ends it. */
    private static final class Pause {
        private final Duration length;
        private @Nullable Future<?> timer; // seen too late, the timer finds nothing to do

        Pause(Duration length) {
            this.length = length;
        }

        void cancelTimer() {
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }

    /** Returns how many tasks are between two attempts. */
    int pausing() {
        return pausing.size();
    }

    /** Shows the tasks between two attempts. */
    void forEachPausing(Consumer<? super ManagedTask<?>> visitor) {
        pausing.keySet().forEach(visitor);
    }
}
