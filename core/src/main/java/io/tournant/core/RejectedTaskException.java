package io.tournant.core;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Thrown on the submitter's thread when an executor does not accept a task. The task has not run and will not run. */
public final class RejectedTaskException extends RejectedExecutionException {

    private static final long serialVersionUID = 1;

    /** Why a task was not accepted. */
    public enum Reason {
        /** The executor was shut down. */
        SHUTDOWN,
        /** The executor holds as many tasks as it may, or the system has no thread for one more. */
        SATURATED,
        /** The task, or something it captures, cannot be sent to another process. */
        NOT_SERIALIZABLE,
        /** The executor or its backend cannot do what was asked. */
        UNSUPPORTED,
        /** Whatever should run tasks keeps dying; see {@link CircuitPolicy}. The cause is the last crash. */
        CIRCUIT_OPEN
    }

    /** Why the task was not accepted. */
    private final Reason reason;

    /**
     * Makes an exception with a cause.
     *
     * @param reason why the task was not accepted
     * @param message a sentence, then {@code name=value} pairs, and what to do
     * @param cause what led to it, or null
     */
    public RejectedTaskException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Makes an exception without a cause.
     *
     * @param reason why the task was not accepted
     * @param message a sentence, then {@code name=value} pairs, and what to do
     */
    public RejectedTaskException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * Returns why the task was not accepted.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
