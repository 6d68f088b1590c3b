package io.tournant.core.spi;

/** How the work of a task that runs, and whose outcome is already known, is to be ended. */
public enum CancelMode {
    /** Let the task see the flag, and leave it alone. */
    COOPERATIVE,
    /**
     * Interrupt the task; where the backend can, go further step by step, each after the task's
     * {@linkplain io.tournant.core.TaskOptions#cancelGrace() grace}, until the work is gone.
     */
    INTERRUPT
}
