package io.tournant.core.spi;

import io.tournant.core.BackendTraits;
import io.tournant.core.RejectedTaskException;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Runs tasks somewhere. One executor owns a backend, and calls it from many threads.
 *
 * <h2>Life cycle</h2>
 *
 * {@link #start} any number of times, then {@link #shutdown} at least once, after which {@code start} is not called
 * again. The executor shuts a backend down when every run has ended or was given up.
 */
public interface TaskBackend extends AutoCloseable {

    /**
     * Returns what this backend can do.
     *
     * @return the same traits every time
     */
    BackendTraits traits();

    /**
     * Takes a run, to be placed now or later.
     *
     * @implSpec returns without waiting for the run, unless {@link BackendTraits#runsInCaller()}. A run that was taken
     *     reaches its end whatever happens: through {@link TaskRun#run()}, or through one of {@code succeed},
     *     {@code fail} and {@code lose}.
     * @param run the run, not yet begun
     * @throws RejectedTaskException if the run cannot be taken; it must then not be touched again
     */
    void start(TaskRun<?> run);

    /**
     * Ends the work of a run that has begun elsewhere than on a thread of this JVM and whose outcome is already known.
     * Runs that began through {@link TaskRun#run()} are interrupted by the executor, which does not call this for them.
     *
     * @implSpec does not wait for the end; the end is reported on the run as always
     * @param run the run
     * @param mode how to end it
     */
    default void cancel(TaskRun<?> run, CancelMode mode) {}

    /**
     * Removes the runs that have not begun.
     *
     * @param unstarted receives them in the order in which they were taken, as far as the backend keeps an order
     */
    void drainTo(Collection<? super TaskRun<?>> unstarted);

    /**
     * Shows the runs that are being executed. A run that begins or ends meanwhile may be missed or shown.
     *
     * @param visitor is called on the calling thread
     */
    void forEachRunning(Consumer<? super TaskRun<?>> visitor);

    /**
     * Releases threads and processes: idle ones at once, busy ones as soon as they can be ended. Does not wait.
     *
     * @return a stage that completes when threads, processes and files are gone; the same at every call
     */
    CompletionStage<Void> shutdown();

    /** Shuts down and waits until threads, processes and files are gone. */
    @Override
    default void close() {
        shutdown().toCompletableFuture().join();
    }
}
