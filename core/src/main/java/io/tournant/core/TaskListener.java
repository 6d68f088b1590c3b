package io.tournant.core;

import java.time.Duration;

/**
 * Is told what happens to the tasks of an executor. Register it with {@link ExecutorOptions.Builder#listener}.
 *
 * <p>For one task the calls come in the order of the methods here: {@code submitted} once; {@code started} for
 * each attempt that begins, {@code lost} for each whose process died, {@code retried} for each that is followed by another;
 * {@code completed} once. A task that
 * ends quickly may be started, or even completed, before {@code submitted} is called. A refused task is seen by
 * {@code rejected} only.
 *
 * <h2>Thread safety</h2>
 *
 * The calls come on the thread that submits, runs, cancels or ends the task, at the same time from several threads. They
 * must not block: they hold up that thread. What they throw is logged and goes no further.
 */
public interface TaskListener {

    /**
     * A task was accepted.
     *
     * @param task the task
     */
    default void submitted(TaskHandle<?> task) {}

    /**
     * An attempt begins.
     *
     * @param task the task, whose {@link TaskHandle#attempt()} tells which
     */
    default void started(TaskHandle<?> task) {}

    /**
     * The process that ran an attempt died, or none was found to run it, whether or not another attempt follows.
     *
     * @param task the task
     * @param attempt the number of the attempt, from 1
     * @param cause how the process died
     */
    default void lost(TaskHandle<?> task, int attempt, WorkerCrashedException cause) {}

    /**
     * An attempt ended and another will follow.
     *
     * @param task the task
     * @param attempt the number of the attempt that ended, from 1
     * @param cause how it ended: what it threw, a {@link TaskTimeoutException} or a {@link WorkerCrashedException}
     * @param pause the time until the task is given to the backend again
     */
    default void retried(TaskHandle<?> task, int attempt, Throwable cause, Duration pause) {}

    /**
     * The outcome is known.
     *
     * @param task the task
     * @param outcome the outcome
     */
    default void completed(TaskHandle<?> task, TaskOutcome<?> outcome) {}

    /**
     * A task was refused by {@code submit}, {@code execute} or {@code trySubmit}.
     *
     * @param options what was asked for it, its name among that
     * @param cause why it was refused
     */
    default void rejected(TaskOptions options, RejectedTaskException cause) {}
}
