package io.tournant.core;

import io.tournant.core.task.RunContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * What a running task knows of itself. It is the same whether the task runs on a thread or in a worker process.
 *
 * <p>The context is bound as a {@link ScopedValue} while the task runs: threads forked by a
 * {@code StructuredTaskScope} inherit it, others do not and are handed the object instead.
 *
 * <h2>Thread safety</h2>
 *
 * All methods may be called from any thread, also after the task has ended. None blocks.
 */
public interface TaskContext {

    /**
     * Returns the context of the task that the calling thread executes.
     *
     * @return the context
     * @throws IllegalStateException if the calling thread executes no task
     */
    static TaskContext current() {
        return find().orElseThrow(() -> new IllegalStateException(
                "No task runs on this thread. Call TaskContext.current() inside a task, or hand its context over: thread="
                        + Thread.currentThread().getName()));
    }

    /**
     * Returns the context of the task that the calling thread executes, for code that also runs outside of tasks.
     *
     * @return the context, or empty if the calling thread executes no task
     */
    static Optional<TaskContext> find() {
        return RunContext.find();
    }

    /**
     * Returns the id of the task.
     *
     * @return the id that {@link TaskHandle#id()} returns to the submitter
     */
    TaskId id();

    /**
     * Returns which attempt this is.
     *
     * @return 1, and one more for each retry
     */
    int attempt();

    /**
     * Returns the executor that the task was given to, so that it can submit others to it. Where the number of threads is
     * bounded, a task that waits for another of the same executor, without a time limit, by {@code get()}, {@code invokeAll}
     * or {@code invokeAny}, runs it itself if it has not begun, so that tasks which wait for the tasks they submit do not use
     * up the threads. It then runs on this thread, one call deeper, and what interrupts the waiting task meanwhile comes
     * afterwards.
     *
     * @return the executor, with default options
     * @throws UnsupportedOperationException if the task runs in a worker process
     */
    TaskExecutor executor();

    /**
     * Returns what this worker keeps of a type, made at its first use in the worker: a parser, a connection, a buffer. A
     * worker is a thread, or the thread of a worker process that runs tasks; each executor's is its own. Tasks on virtual
     * threads get a new one each.
     *
     * @param <S> the type
     * @param type the type, by which it is found again
     * @param factory makes it; what it throws is thrown here
     * @return the same object each time in this worker
     */
    <S> S workerState(Class<S> type, Supplier<? extends S> factory);

    /**
     * Tells whether the task was cancelled or ran out of time, so that its value will not be used.
     *
     * @return true from then on
     */
    boolean isCancelled();

    /**
     * Ends the task early if it was cancelled. Call it in loops.
     *
     * @throws CancellationException if {@link #isCancelled()}
     */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new CancellationException("The task was cancelled or ran out of time: id=" + id());
        }
    }

    /**
     * Registers a callback that runs once when the task is cancelled or runs out of time, at once if it was already. It
     * runs on the cancelling thread and must not block; what it throws is logged.
     *
     * @param callback closes a socket, sets a flag, ends a child
     * @return closes the registration; a callback that has begun is not stopped
     */
    Registration onCancel(Runnable callback);

    /**
     * Returns how long the task may still run under its {@link TaskOptions#timeout() timeout} and
     * {@link TaskOptions#deadline() deadline}.
     *
     * @return the time left, zero if it is used up, or empty if there is no limit
     */
    Optional<Duration> remaining();

    /**
     * Reports progress to {@link TaskHandle#progress()}. Only the last report is kept.
     *
     * @param done the amount done, in a unit of the task's choice
     * @param total the whole amount, or 0 if unknown
     * @param message a word to the reader, possibly empty
     * @throws IllegalArgumentException if an amount is negative
     */
    void progress(long done, long total, String message);

    /** A callback that is registered until this is closed. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {

        /** Removes the callback. Does nothing if it has run or was removed. */
        @Override
        void close();
    }
}
