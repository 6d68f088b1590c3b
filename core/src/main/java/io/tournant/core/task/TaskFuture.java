package io.tournant.core.task;

import io.tournant.core.TaskOutcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A view of a task as a CompletableFuture of the caller's own, whose cancellation cancels the task. */
final class TaskFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final HandleView<T> task;

    TaskFuture(HandleView<T> task) {
        this.task = task;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        task.cancel(true);
        task.outcome().ifPresent(this::end); // its own, if it ended first
        return isCancelled();
    }

    void end(TaskOutcome<T> outcome) {
        switch (outcome) {
            case TaskOutcome.Succeeded<T> succeeded -> complete(succeeded.value());
            case TaskOutcome.Cancelled<T> cancelled -> super.cancel(false);
            case TaskOutcome.Failed<T> failed -> completeExceptionally(failed.cause());
            case TaskOutcome.TimedOut<T> timedOut -> completeExceptionally(timedOut.cause());
            case TaskOutcome.Lost<T> lost -> completeExceptionally(lost.cause());
        }
    }
}
