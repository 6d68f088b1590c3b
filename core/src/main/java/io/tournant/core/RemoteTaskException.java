package io.tournant.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that a task threw in another process and that could not be brought over as itself: its class
 * is unknown or refused here, or it is not serializable. The stack trace is that of the original.
 */
public final class RemoteTaskException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The class of the original. */
    private final String className;

    /** The message of the original. */
    private final @Nullable String originalMessage;

    /**
     * Makes a stand-in.
     *
     * @param className the class of the original
     * @param originalMessage the message of the original, or null if it had none
     * @param frames the stack trace of the original
     */
    public RemoteTaskException(String className, @Nullable String originalMessage, List<StackTraceElement> frames) {
        super(originalMessage == null ? className : className + ": " + originalMessage);
        this.className = className;
        this.originalMessage = originalMessage;
        setStackTrace(frames.toArray(StackTraceElement[]::new));
    }

    /**
     * Returns the class of the original.
     *
     * @return a binary class name
     */
    public String className() {
        return className;
    }

    /**
     * Returns the message of the original.
     *
     * @return the message, or null if it had none
     */
    public @Nullable String originalMessage() {
        return originalMessage;
    }
}
