package io.tournant.core;

/**
 * Identifies a task within the JVM that submitted it. A worker process sees the same id as its parent.
 *
 * @param value a positive number, unique in the submitting JVM
 */
public record TaskId(long value) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if {@code value} is not positive
     */
    public TaskId {
        if (value <= 0) {
            throw new IllegalArgumentException("A task id is a positive number: value=" + value);
        }
    }

    @Override
    public String toString() {
        return "task-" + value;
    }
}
