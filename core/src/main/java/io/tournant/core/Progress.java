package io.tournant.core;

import java.util.Objects;

/**
 * How far a task says it has come.
 *
 * @param done the amount done, in a unit of the task's choice
 * @param total the whole amount in the same unit, or 0 if unknown
 * @param message a word to the reader, possibly empty
 */
public record Progress(long done, long total, String message) {

    /** What a task that has reported nothing shows. */
    public static final Progress NONE = new Progress(0, 0, "");

    /**
     * Checks the amounts.
     *
     * @throws IllegalArgumentException if an amount is negative
     * @throws NullPointerException if there is no message
     */
    public Progress {
        Objects.requireNonNull(message, "message");
        if (done < 0 || total < 0) {
            throw new IllegalArgumentException("Progress is counted from zero: done=" + done + " total=" + total);
        }
    }
}
