package io.tournant.core.task;

import io.tournant.core.Progress;
import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.CancelMode;

/** What a task tells the executor that it belongs to. Called on whatever thread moves the task; must not block. */
public interface TaskOwner {

    /** Tells whether tasks that begin now are to be cancelled at once. */
    default boolean isStopping() {
        return false;
    }

    /** The outcome is known. Called once for each task. */
    default void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {}

    /** The work is gone, or given up. Called once for each task, after {@link #onOutcome}. */
    default void onGone(ManagedTask<?> task) {}

    /** The outcome of a task that runs elsewhere is known before its work has ended. */
    default void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {}

    /** The task reports progress. */
    default void onProgress(ManagedTask<?> task, Progress progress) {}
}
