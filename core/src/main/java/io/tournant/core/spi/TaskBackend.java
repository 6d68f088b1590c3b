package io.tournant.core.spi;

import io.tournant.core.BackendTraits;
import io.tournant.core.RejectedTaskException;
import java.util.Collection;
import java.util.OptionalInt;
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
     * Returns how many runs this backend executes at once.
     *
     * @implSpec the default is for a backend that executes every run as soon as it is started
     * @return a number from 1, or empty if there is no bound
     */
    default OptionalInt parallelism() {
        return OptionalInt.empty();
    }

    /**
     * Refuses what can never be started, and does on the submitter's thread what must not be left to another: encoding.
     * Called, on the thread that submits, before a run that the executor may start later from another thread. What it makes
     * is {@linkplain TaskRun#attach attached} to the run.
     *
     * @implSpec the default does nothing, as suits a backend that shares memory with its tasks
     * @param run the run, not yet started
     * @throws RejectedTaskException if the run cannot be taken
     */
    default void prepare(TaskRun<?> run) {}

    /**
     * Takes a run, to be placed now or later.
     *
     * @implSpec returns without waiting for the run, unless {@link BackendTraits#runsInCaller()}. A run that was taken
     *     reaches its end whatever happens: through {@link TaskRun#run()}, or through one of {@code succeed},
     *     {@code fail} and {@code lose}.
     * @param run the run; it may have begun or ended by other means meanwhile, and then its {@code run()} does nothing and
     *     its {@code begin} returns false
     * @throws RejectedTaskException if the run cannot be taken; it must then not be touched again
     */
    void start(TaskRun<?> run);

    /**
     * Ends the work of a run that has begun elsewhere than on a thread of this JVM and is to end: its outcome is known, or it
     * is out of time and will be started again.
     * Runs that began through {@link TaskRun#run()} are interrupted by the executor, which does not call this for them.
     *
     * @implSpec does not wait for the end; the end is reported on the run as always
     * @param run the run
     * @param mode how to end it
     */
    default void cancel(TaskRun<?> run, CancelMode mode) {}

    /**
     * The executor has given up a run on a thread of this JVM: it was interrupted and has not ended in its grace. A backend
     * on a fixed number of threads may use one more until {@link TaskRun#run()} returns.
     *
     * @implSpec the default does nothing
     * @param run the run, whose work goes on
     */
    default void abandoned(TaskRun<?> run) {}

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
