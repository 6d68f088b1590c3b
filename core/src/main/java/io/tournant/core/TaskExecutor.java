package io.tournant.core;

import io.tournant.core.executor.Backends;
import io.tournant.core.spi.TaskBackend;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on threads or in child processes, with the same promises everywhere: an accepted task reaches an outcome
 * whatever dies, a crash costs only the task that was running, and no worker process outlives the JVM.
 *
 * <p>It is an {@link ExecutorService}, so that it drops in where one is expected. {@link Task} and {@link Action} are
 * the serializable twins of {@code Callable} and {@code Runnable}; a lambda given to {@code submit} or {@code execute}
 * becomes one of them without a cast.
 *
 * <h2>Life cycle</h2>
 *
 * Close it: {@code try (var executor = TaskExecutor.open("pool")) {…}} waits for what was submitted.
 * {@link #close(Duration)} bounds the wait. {@link #shutdownNow()} cancels what runs and returns what never began, whose
 * handles are then cancelled; the {@code Runnable}s returned run the submitted code itself.
 *
 * <h2>Errors</h2>
 *
 * Wrong input and a refused task are reported by {@code submit} and {@code execute} on the calling thread:
 * {@link NullPointerException}, {@link RejectedTaskException}. An exception thrown by a task given to {@code execute}
 * has no handle to show it, and is logged.
 *
 * <h2>Thread safety</h2>
 *
 * All methods may be called from any thread.
 */
public interface TaskExecutor extends ExecutorService {

    /**
     * Opens an executor on the backend that a text names, such as {@code "virtual"}, {@code "platform?threads=8"} or
     * {@code "process?workers=4"}. Typed builders, such as {@link TaskExecutors}, are the better choice where the
     * backend is known when the code is written.
     *
     * <p>Besides the keys of the backend, each takes these of the executor:
     *
     * <table>
     * <caption>Keys for every backend</caption>
     * <thead><tr><th>key</th><th>value</th><th>as</th></tr></thead>
     * <tbody>
     * <tr><td>{@code concurrency}</td><td>a number from 1</td><td>{@link ExecutorOptions#concurrency()}</td></tr>
     * <tr><td>{@code queue}</td><td>a number from 0</td><td>{@link ExecutorOptions#queueCapacity()}</td></tr>
     * <tr><td>{@code saturated}</td><td>{@code abort}, {@code caller-runs}, or {@code block:} and an ISO duration such as
     *     {@code PT2S}</td><td>{@link ExecutorOptions#whenSaturated()}</td></tr>
     * <tr><td>{@code priorities}</td><td>{@code true} or {@code false}</td><td>{@link ExecutorOptions#priorities()}</td></tr>
     * </tbody>
     * </table>
     *
     * @param spec the name of a backend, then optionally {@code ?} and {@code key=value} pairs separated by {@code &}
     * @return a new executor, to be closed by the caller
     * @throws IllegalArgumentException if no backend of that name is installed, or a key or value is not one it takes;
     *     the message lists those that are
     */
    static TaskExecutor open(String spec) {
        return Backends.open(spec);
    }

    /**
     * Submits a task that returns a value. Does not wait for the task, unless the backend
     * {@linkplain BackendTraits#runsInCaller() runs it in the caller}, pauses between attempts included. Where the executor
     * holds as many tasks as it may, this and the other methods that submit do as its {@link RejectionPolicy} says: throw,
     * wait, or run the task.
     *
     * @param <T> the type of the value
     * @param task the task
     * @return the handle of the accepted task
     * @throws RejectedTaskException if the task is not accepted
     */
    <T extends @Nullable Object> TaskHandle<T> submit(Task<T> task);

    /**
     * Submits a task that returns nothing; its handle's value is null.
     *
     * @param action the task
     * @return the handle of the accepted task
     * @throws RejectedTaskException if the task is not accepted
     */
    TaskHandle<?> submit(Action action);

    /**
     * Runs a task of which nobody asks the outcome. If it fails, the failure is logged.
     *
     * @param action the task
     * @throws RejectedTaskException if the task is not accepted
     */
    void execute(Action action);

    /**
     * {@inheritDoc}
     *
     * @throws RejectedTaskException if the task is not accepted
     */
    @Override
    <T extends @Nullable Object> TaskHandle<T> submit(Callable<T> task);

    /**
     * {@inheritDoc}
     *
     * @throws RejectedTaskException if the task is not accepted
     */
    @Override
    TaskHandle<?> submit(Runnable task);

    /**
     * {@inheritDoc}
     *
     * @throws RejectedTaskException if the task is not accepted
     */
    @Override
    <T extends @Nullable Object> TaskHandle<T> submit(Runnable task, T result);

    /**
     * Submits a task if the executor takes it now. Never throws for want of room.
     *
     * @param <T> the type of the value
     * @param task the task
     * @return the handle, or empty if the executor is {@linkplain RejectedTaskException.Reason#SATURATED saturated}
     * @throws RejectedTaskException if the task is not accepted for another reason
     */
    <T extends @Nullable Object> Optional<TaskHandle<T>> trySubmit(Task<T> task);

    /**
     * Returns a view of this executor that submits with other options. The view shares everything with this executor:
     * closing one closes both.
     *
     * @param change makes the new options from those of this view
     * @return the view
     */
    TaskExecutor with(UnaryOperator<TaskOptions> change);

    /**
     * Returns how many tasks this executor has seen.
     *
     * @return the counts now
     */
    ExecutorStats stats();

    /**
     * Returns how long tasks waited and ran, as far as {@link ExecutorOptions#sampling()} has them measured.
     *
     * @return histograms of the sampled tasks that have ended, empty if none are measured
     */
    TaskTimings timings();

    /**
     * Returns the name of the backend: the one that {@link #open(String)} takes, or that
     * {@link TaskExecutors#over(String, TaskBackend) over} was given.
     *
     * @return the name
     */
    String backend();

    /**
     * Returns what the backend can do.
     *
     * @return its traits
     */
    BackendTraits traits();

    /**
     * Shuts down and waits until every task has ended and the threads or processes are gone. If the calling thread is
     * interrupted, it cancels what runs, goes on waiting, and returns with the interrupt flag set. Called from a task of
     * this executor, or from a callback that runs where one ends, it shuts down and does not wait, since that task would
     * wait for itself.
     */
    @Override
    void close();

    /**
     * Shuts down, waits at most the given time for the tasks to end, then cancels those left over. These have their
     * {@linkplain TaskOptions#cancelGrace() grace} to end, though all together at most a second, by which this method may
     * exceed the given time. Tasks that still run on a thread after that are {@linkplain Termination#abandoned() abandoned};
     * processes are killed. If the calling thread is interrupted, either wait is over at once and the flag stays set.
     * {@link #isTerminated()} stays false, and {@link #close()} waits, until abandoned work that goes on all the same has
     * ended.
     *
     * <p>Called from a task of this executor, or from a callback that runs where one ends, it shuts down, does not wait and
     * returns false, since that task would wait for itself.
     *
     * @param grace how long the tasks have to end by themselves, zero or more
     * @return true if every task had ended by itself in time
     * @throws IllegalArgumentException if {@code grace} is negative
     */
    boolean close(Duration grace);
}
