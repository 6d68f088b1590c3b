package io.tournant.core;

import java.time.Duration;

/**
 * What {@code submit} and {@code execute} do when an executor holds as many tasks as it may. {@link
 * TaskExecutor#trySubmit} returns empty instead, whatever the policy.
 */
public sealed interface RejectionPolicy {

    /** Throws a {@link RejectedTaskException} with reason {@link RejectedTaskException.Reason#SATURATED}. */
    record Abort() implements RejectionPolicy {}

    /**
     * Waits for room, and then does as {@link Abort}. Interruption ends the wait: the task is refused and the flag stays
     * set. A task of the same executor, and a callback that runs where one ends, does not wait, since it may hold the room
     * that others wait for: what it submits runs at once on its thread, or is refused at once if the backend does not share
     * memory.
     *
     * @param atMost the longest wait, positive
     */
    record Block(Duration atMost) implements RejectionPolicy {
        /**
         * Checks the duration.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Block {
            if (!atMost.isPositive()) {
                throw new IllegalArgumentException("Blocking takes time; use abort for none: atMost=" + atMost);
            }
        }
    }

    /** Runs the task on the submitting thread before {@code submit} returns, which slows the submitter down. */
    record CallerRuns() implements RejectionPolicy {}

    /**
     * Returns the policy that refuses.
     *
     * @return {@link Abort}
     */
    static RejectionPolicy abort() {
        return new Abort();
    }

    /**
     * Returns the policy that waits.
     *
     * @param atMost the longest wait, positive
     * @return {@link Block}
     * @throws IllegalArgumentException if {@code atMost} is not positive
     */
    static RejectionPolicy block(Duration atMost) {
        return new Block(atMost);
    }

    /**
     * Returns the policy that has the submitter do the work. For backends that share memory with their submitter.
     *
     * @return {@link CallerRuns}
     */
    static RejectionPolicy callerRuns() {
        return new CallerRuns();
    }
}
