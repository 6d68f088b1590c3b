package io.tournant.core.executor;

import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.task.ManagedTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What a submitter is told when a backend does not take a task. */
final class Refusal {

    private Refusal() {}

    /** Returns what submit throws, or throws it if it is none of ours. */
    static RejectedTaskException of(Throwable cause, String executor, ManagedTask<?> task, boolean isShut) {
        return switch (cause) {
            case RejectedTaskException rejected -> rejected;
            case RejectedExecutionException e when isShut -> shutDown(executor, e);
            case RejectedExecutionException e -> saturated(executor, task, e);
            case OutOfMemoryError e -> saturated(executor, task, e); // how the JDK reports that there is no thread
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("An exception of submit is unchecked", cause);
        };
    }

    /** Returns what becomes the failure of a task whose submitter has gone on. */
    static Throwable asOutcome(Throwable cause, String executor, ManagedTask<?> task, boolean isShut) {
        try {
            return of(cause, executor, task, isShut);
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    static RejectedTaskException shutDown(String executor, @Nullable Throwable cause) {
        return new RejectedTaskException(
                Reason.SHUTDOWN,
                "The executor is shut down and takes no more tasks; submit before that, or open another. executor="
                        + executor,
                cause);
    }

    private static RejectedTaskException saturated(String executor, ManagedTask<?> task, Throwable cause) {
        return new RejectedTaskException(
                Reason.SATURATED,
                "The backend has no room or no thread for the task; submit it later, or raise the limit. executor="
                        + executor + " task=" + task.name() + " cause=" + cause,
                cause);
    }
}
