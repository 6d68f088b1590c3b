package io.tournant.core.task;

import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.CancelMode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The state of a task whose attempt was given an end from outside while its work goes on. */
final class Ending<T extends @Nullable Object> {
    /*
     * Overview   Made by whoever cancels a running task. Its thread must not leave the task, and take the next one,
     *            while the canceller may still be about to interrupt it: the interrupt would hit the next task.
     * Fields     field     | canceller      | runner                 | edge
     *            delivered | writes         | reads                  | DELIVERED
     *            watch     | writes, before | reads, after delivered | DELIVERED
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

    private final Attempt work;
    private final TaskOutcome<T> outcome;
    private final CancelMode mode;
    private final @Nullable Duration pause;
    private @Nullable Future<?> watch;

    @SuppressWarnings("unused") // through DELIVERED
    private boolean delivered;

    private Ending(Attempt work, TaskOutcome<T> outcome, CancelMode mode, @Nullable Duration pause) {
        this.work = work;
        this.outcome = outcome;
        this.mode = mode;
        this.pause = pause;
    }

    /** The task has this outcome. */
    static <T extends @Nullable Object> Ending<T> of(Attempt work, TaskOutcome<T> outcome, CancelMode mode) {
        return new Ending<>(work, outcome, mode, null);
    }

    /** The attempt has this outcome, and another follows after a pause. */
    static <T extends @Nullable Object> Ending<T> ofAttempt(Attempt work, TaskOutcome<T> outcome, Duration pause) {
        return new Ending<>(work, outcome, CancelMode.INTERRUPT, pause);
    }

    /** Returns what goes on. */
    Attempt work() {
        return work;
    }

    /** Returns the outcome of the task, or only of the attempt if another follows. */
    TaskOutcome<T> outcome() {
        return outcome;
    }

    /** Returns how the work is being ended. */
    CancelMode mode() {
        return mode;
    }

    /** Returns the pause before the next attempt, or null if none follows. */
    @Nullable
    Duration pause() {
        return pause;
    }

    boolean isFinal() {
        return pause == null;
    }

    /** Has the work watched until it ends. Called before {@link #deliver}. */
    void watch(@Nullable Future<?> watch) {
        this.watch = watch;
    }

    /** Interrupts the runner if the mode says so and it is a thread of this JVM, and lets it go. */
    void deliver() {
        if (mode == CancelMode.INTERRUPT && work instanceof RunContext context) {
            context.thread().interrupt();
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

    /** The work has ended. Called after {@link #awaitDelivered}, or by whoever delivered. */
    void unwatch() {
        if (watch != null) {
            watch.cancel(false);
        }
    }
}
