package io.tournant.core.task;

import io.tournant.core.Progress;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskOutcome;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.CancelMode;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The executor that a task belongs to, as the task sees it. Called on whatever thread moves the task; must not block. The
 * defaults are those of a task without an executor, in a worker process.
 */
public interface TaskOwner {

    // ------------------------------------------------------------------ what a task asks

    /** Tells whether tasks that begin now are to be cancelled at once. */
    default boolean isStopping() {
        return false;
    }

    /** Returns the executor that this owner acts for. */
    default TaskOwner principal() {
        return this;
    }

    /** Tells whether the times of a task are wanted. */
    default boolean isSampled() {
        return false;
    }

    /** Returns the executor that the context of a task shows. */
    default TaskExecutor executor() {
        throw new UnsupportedOperationException("A task in a worker process cannot submit tasks to the executor it was"
                + " given to. Return what is to be done next, and submit that where the executor is.");
    }

    /** Returns what its workers keep. */
    default WorkerStates workerStates() {
        throw new UnsupportedOperationException("A task without an executor has no worker");
    }

    /** Returns the pause before another attempt, or null if none follows. {@code began} tells whether it may have run. */
    default @Nullable Duration pauseAfter(ManagedTask<?> task, TaskOutcome<?> attempt, boolean began) {
        return null;
    }

    /** Executes a task that waits on the calling thread, which belongs to a task that waits for it. */
    default void help(ManagedTask<?> task) {}

    /** Calls back if interrupted work has not ended when its grace is over. Returns null if it is not to be watched. */
    default @Nullable Future<?> watch(ManagedTask<?> task, Runnable giveUp) {
        return null;
    }

    // ------------------------------------------------------------------ what a task tells

    /** An attempt begins. */
    default void onStarted(ManagedTask<?> task) {}

    /** The task reports progress. */
    default void onProgress(ManagedTask<?> task, Progress progress) {}

    /** Whatever ran an attempt died. Called before {@link #pauseAfter}; returns what is told to the submitter. */
    default WorkerCrashedException onLost(ManagedTask<?> task, WorkerCrashedException cause) {
        return cause;
    }

    /** Stays alive until {@link #letGo}, also if the task ends. Called while the task has not ended. */
    default void hold() {}

    /** Ends a {@link #hold}. */
    default void letGo() {}

    /** An attempt ended, and the owner has the task executed again after the pause; then, or when the task ends, it lets go. */
    default void onAgain(ManagedTask<?> task, TaskOutcome<?> attempt, Duration pause) {}

    /** The work of a task that runs elsewhere is to be ended. */
    default void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {}

    /** The outcome is known. Called once for each task. */
    default void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {}

    /** The work does not end and was given up. Called at most once, after {@link #onOutcome}. */
    default void onAbandoned(ManagedTask<?> task) {}

    /** The work is gone, or no longer waited for. Called once for each task, last of all. */
    default void onGone(ManagedTask<?> task) {}
}
