package io.tournant.core.task;

import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.CancelMode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The state of a task whose outcome is known while its work goes on. */
final class Ending<T extends @Nullable Object> {
    /*
     * Overview   Made by whoever cancels a running task. Its thread must not leave the task, and take the next one,
     *            while the canceller may still be about to interrupt it: the interrupt would hit the next task.
     * Fields     field     | canceller | runner | edge
     *            delivered | writes    | reads  | DELIVERED
     * Edges
     *            DELIVERED  canceller: interrupt, then delivered release -> runner: delivered acquire, then the
     *                       interrupt flag is cleared
     */
    private static final VarHandle DELIVERED;

    static {
        try {
            DELIVERED = MethodHandles.lookup().findVarHandle(Ending.class, "delivered", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TaskOutcome<T> outcome;
    private final CancelMode mode;

    @SuppressWarnings("unused") // through DELIVERED
    private boolean delivered;

    Ending(TaskOutcome<T> outcome, CancelMode mode) {
        this.outcome = outcome;
        this.mode = mode;
    }

    TaskOutcome<T> outcome() {
        return outcome;
    }

    /** Returns how the work is being ended. */
    CancelMode mode() {
        return mode;
    }

    /** Interrupts the runner if the mode says so and it is a thread of this JVM, and lets it go. */
    void deliver(@Nullable Thread runner) {
        if (mode == CancelMode.INTERRUPT && runner != null) {
            runner.interrupt();
        }
        DELIVERED.setRelease(this, true); // DELIVERED
    }

    /** Waits until no interrupt is on its way to the calling thread. The canceller is a few instructions from that. */
    @SuppressWarnings("ThreadPriorityCheck") // the canceller may be a virtual thread that waits for this very carrier
    void awaitDelivered() {
        while (!(boolean) DELIVERED.getAcquire(this)) { // DELIVERED
            Thread.yield();
        }
    }
}
