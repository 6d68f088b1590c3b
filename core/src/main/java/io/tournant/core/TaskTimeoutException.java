package io.tournant.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The cause in the {@code ExecutionException} of a task that exceeded its timeout or deadline. */
public final class TaskTimeoutException extends TimeoutException {

    private static final long serialVersionUID = 1;

    /** The limit that was exceeded. */
    private final Duration limit;

    /** Where the task stood. */
    private final StackTraceElement[] taskStack;

    /**
     * Makes an exception.
     *
     * @param message a sentence, then {@code name=value} pairs
     * @param limit the limit that was exceeded
     * @param taskStack the frames of the task just before it was interrupted, empty if it had not begun or runs in
     *     another process
     */
    public TaskTimeoutException(String message, Duration limit, List<StackTraceElement> taskStack) {
        super(message);
        this.limit = limit;
        this.taskStack = taskStack.toArray(StackTraceElement[]::new);
    }

    /**
     * Returns the limit that was exceeded.
     *
     * @return a positive duration
     */
    public Duration limit() {
        return limit;
    }

    /**
     * Returns where the task stood just before it was interrupted.
     *
     * @return the frames, innermost first; empty if it had not begun or runs in another process
     */
    public List<StackTraceElement> taskStack() {
        return List.of(taskStack);
    }
}
