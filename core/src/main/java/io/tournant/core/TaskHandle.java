package io.tournant.core;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A submitted task, seen by whoever submitted it: a {@link Future} that also tells where the task stands, where it runs
 * and how it ended.
 *
 * <h2>Cancellation</h2>
 *
 * A task that has not begun never runs. While it runs, {@code cancel(true)} makes the handle cancelled at once, runs the
 * task's {@linkplain TaskContext#onCancel callbacks} and interrupts it; a process backend then escalates until the work
 * is gone. {@code cancel(false)} makes the handle cancelled and sets the flag that {@link TaskContext#isCancelled()}
 * shows, and the work may go on. Either way {@link #termination()} tells when the work has really ended.
 *
 * <h2>Thread safety</h2>
 *
 * All methods may be called from any thread. None but {@code get} waits for the task. The thread that ends a task,
 * {@code cancel} included, runs its cancellation callbacks and what was hung on its futures without {@code Async}.
 *
 * @param <T> the type of the task's value
 */
public interface TaskHandle<T extends @Nullable Object> extends Future<T> {

    /**
     * Returns the id under which the task is known here and in the process that runs it.
     *
     * @return the id
     */
    TaskId id();

    /**
     * Returns the name given by {@link TaskOptions#name(String)}, or one made from the id.
     *
     * @return the name, never empty
     */
    String name();

    /**
     * Returns where the task stands now.
     *
     * @return the phase
     */
    TaskPhase phase();

    /**
     * Returns how the task ended.
     *
     * @return the outcome, or empty before the phase is {@link TaskPhase#TERMINATED}
     */
    Optional<TaskOutcome<T>> outcome();

    /**
     * Returns a new future that ends as this task does: with its value, with the exception that {@code get} would wrap,
     * or cancelled. Cancelling it cancels the task with interruption. Completing it by other means does not touch the
     * task.
     *
     * <p>Its dependents run on the thread that ends the task, or on the calling thread if the task has ended already;
     * use the {@code Async} methods for work that is long.
     *
     * @return a future of the caller's own
     */
    CompletableFuture<T> toCompletableFuture();

    /**
     * Returns a stage that completes when the work is gone: with the outcome in the ordinary case, later after a
     * cancellation or a timeout.
     *
     * @return a stage that never completes exceptionally
     */
    CompletionStage<Termination> termination();

    /**
     * Returns where the task runs or ran.
     *
     * @return the place, or empty if the task has not begun
     */
    Optional<Placement> placement();

    /**
     * Returns which attempt the task is in, or ended in.
     *
     * @return 1, and one more for each time the task became ready again
     */
    int attempt();

    /**
     * Returns when the task entered a phase, in the present attempt. Taken from the wall clock once, when the task is
     * submitted, and counted on by a clock that is never set, so that the times of one task agree with each other.
     *
     * @param phase the phase
     * @return the time, or empty if the task has not reached the phase, or if nobody asked for
     *     {@linkplain TaskOptions#timestamps() timestamps}
     */
    Optional<Instant> at(TaskPhase phase);

    /**
     * Returns what the task last reported through {@link TaskContext#progress(long, long, String)}.
     *
     * @return the last report, or {@link Progress#NONE}
     */
    Progress progress();
}
