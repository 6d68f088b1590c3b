package io.tournant.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended. Exactly one outcome is reached by every accepted task.
 *
 * <table>
 * <caption>What the {@link java.util.concurrent.Future} says of each outcome</caption>
 * <thead><tr><th>outcome</th><th>{@code state()}</th><th>{@code get()}</th></tr></thead>
 * <tbody>
 * <tr><td>{@link Succeeded}</td><td>SUCCESS</td><td>returns the value</td></tr>
 * <tr><td>{@link Failed}</td><td>FAILED</td><td>{@code ExecutionException} with the task's own exception</td></tr>
 * <tr><td>{@link Cancelled}</td><td>CANCELLED</td><td>{@code CancellationException}</td></tr>
 * <tr><td>{@link TimedOut}</td><td>FAILED</td><td>{@code ExecutionException} with a {@link TaskTimeoutException}</td></tr>
 * <tr><td>{@link Lost}</td><td>FAILED</td><td>{@code ExecutionException} with a {@link WorkerCrashedException}</td></tr>
 * </tbody>
 * </table>
 *
 * @param <T> the type of the task's value
 */
public sealed interface TaskOutcome<T extends @Nullable Object> {

    /**
     * Returns why the task has no value.
     *
     * @return the cause that {@code get} wraps and {@code exceptionNow} returns, or empty for {@link Succeeded} and
     *     {@link Cancelled}
     */
    default Optional<Throwable> failure() {
        return switch (this) {
            case Succeeded<T> succeeded -> Optional.empty();
            case Cancelled<T> cancelled -> Optional.empty();
            case Failed<T> failed -> Optional.of(failed.cause());
            case TimedOut<T> timedOut -> Optional.of(timedOut.cause());
            case Lost<T> lost -> Optional.of(lost.cause());
        };
    }

    /**
     * The task returned.
     *
     * @param <T> the type of the task's value
     * @param value what it returned
     */
    record Succeeded<T extends @Nullable Object>(T value) implements TaskOutcome<T> {}

    /**
     * The task threw.
     *
     * @param <T> the type of the task's value
     * @param cause what it threw: the original object on a thread, a copy or a {@link RemoteTaskException} from a process
     */
    record Failed<T extends @Nullable Object>(Throwable cause) implements TaskOutcome<T> {}

    /**
     * The task was cancelled, before it began or while it ran.
     *
     * @param <T> the type of the task's value
     */
    record Cancelled<T extends @Nullable Object>() implements TaskOutcome<T> {}

    /**
     * The task exceeded its {@link TaskOptions#timeout() timeout} or its {@link TaskOptions#deadline() deadline}.
     *
     * @param <T> the type of the task's value
     * @param cause the limit, and where the task stood
     */
    record TimedOut<T extends @Nullable Object>(TaskTimeoutException cause) implements TaskOutcome<T> {}

    /**
     * The process that ran the task died, so that it is unknown how far the task came.
     *
     * @param <T> the type of the task's value
     * @param cause how the process died
     */
    record Lost<T extends @Nullable Object>(WorkerCrashedException cause) implements TaskOutcome<T> {}
}
