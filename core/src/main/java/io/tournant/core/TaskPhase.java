package io.tournant.core;

/**
 * Where a task stands in its life. A task moves along this order; only a {@linkplain RetryPolicy retry} takes it back, from
 * {@link #RUNNING} to {@link #READY}.
 *
 * <p>{@link #TERMINATED} means that the outcome is known. Whether the work itself is gone, which matters after a
 * cancellation or a timeout, is told by {@link TaskHandle#termination()}.
 */
public enum TaskPhase {
    /** Made, and not yet accepted by an executor. */
    CREATED,
    /** Accepted, and waiting for a thread or a process. */
    READY,
    /** Being executed. */
    RUNNING,
    /** Its outcome is known and will not change. */
    TERMINATED
}
