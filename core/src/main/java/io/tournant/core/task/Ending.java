package io.tournant.core.task;

import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.CancelMode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The state of a task whose attempt was given an end from outside while its work goes on. */
final class Ending<T extends @Nullable Object> {
    /*
     * Overview   Made by whoever cancels a running task. Its thread must not leave the task, and take the next one,
     *            while the canceller may still be about to interrupt it: the interrupt would hit the next task. Nor may an
     *            attempt elsewhere be followed by the next while its canceller is still about to tell the backend: whichever
     *            of the two, end and delivery, comes second goes on with the task.
     * Fields     field     | canceller             | runner                 | edge
     *            delivered | NOT to DELIVERED      | reads; NOT to OVERTAKEN | DELIVERED
     *            watch     | writes, before        | reads, after delivered | DELIVERED
     * Edges
     *            DELIVERED  canceller: interrupt, then delivered by read-modify-write -> runner: delivered acquire, then
     *                       the interrupt flag is cleared. And: one of delivery and end comes second, and knows it.
     */
    private static final VarHandle DELIVERED;

    static {
        try {
            DELIVERED = MethodHandles.lookup().findVarHandle(Ending.class, "delivered", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int NOT = 0;
    private static final int DONE = 1;
    private static final int OVERTAKEN = 2;

    private static final long SHORTEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = 1_000_000;

    private final @Nullable Ending<?> before;
    private final Attempt work;
    private final TaskOutcome<T> outcome;
    private final CancelMode mode;
    private final @Nullable Duration pause;
    private @Nullable Future<?> watch;

    @SuppressWarnings("unused") // through DELIVERED
    private int delivered;

    private Ending(
            @Nullable Ending<?> before,
            Attempt work,
            TaskOutcome<T> outcome,
            CancelMode mode,
            @Nullable Duration pause) {
        this.before = before;
        this.work = work;
        this.outcome = outcome;
        this.mode = mode;
        this.pause = pause;
    }

    /** The task has this outcome. */
    static <T extends @Nullable Object> Ending<T> of(Attempt work, TaskOutcome<T> outcome, CancelMode mode) {
        return new Ending<>(null, work, outcome, mode, null);
    }

    /** The attempt has this outcome, and another follows after a pause. */
    static <T extends @Nullable Object> Ending<T> ofAttempt(Attempt work, TaskOutcome<T> outcome, Duration pause) {
        return new Ending<>(null, work, outcome, CancelMode.INTERRUPT, pause);
    }

    /** The task has this outcome, though another attempt was to follow the one whose interruption may be on its way. */
    static <T extends @Nullable Object> Ending<T> instead(Ending<?> expiring, TaskOutcome<T> outcome) {
        return new Ending<>(expiring, expiring.work, outcome, CancelMode.INTERRUPT, null);
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

    /**
     * Interrupts the runner if the mode says so and it is a thread of this JVM, and lets it go. Returns true if the work has
     * ended and left it to the caller to go on.
     */
    boolean deliver() {
        if (mode == CancelMode.INTERRUPT && before == null && work instanceof RunContext context) {
            context.interrupt();
        }
        return (int) DELIVERED.getAndSet(this, DONE) == OVERTAKEN; // DELIVERED
    }

    /** The work elsewhere has ended. Returns true if the canceller is not done, and goes on instead of the caller. */
    boolean isLeftToCanceller() {
        return DELIVERED.compareAndSet(this, NOT, OVERTAKEN); // DELIVERED
    }

    /** Waits until no interrupt is on its way to the calling thread. An interrupt of the caller stays. */
    void awaitDelivered() {
        boolean interrupted = false;
        long nanos = 0;
        while ((int) DELIVERED.getAcquire(this) != DONE) { // DELIVERED
            interrupted |= Thread.interrupted(); // or this thread would not sleep
            nanos = passMoment(nanos);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (before != null) {
            before.awaitDelivered();
        }
    }

    /**
     * Passes a moment; returns how long the next is. The canceller may wait for a lock, and whoever holds that for a carrier
     * of virtual threads: these sleep here, since one that only yields may go on for ever before the others.
     */
    private static long passMoment(long nanos) {
        if (nanos == 0) {
            Thread.onSpinWait();
            return SHORTEST_NANOS;
        }
        LockSupport.parkNanos(nanos);
        return Math.min(2 * nanos, LONGEST_NANOS);
    }

    /** The work has ended. Called after {@link #awaitDelivered}, or by whoever delivered. */
    void unwatch() {
        if (watch != null) {
            watch.cancel(false);
        }
        if (before != null) {
            before.unwatch();
        }
    }
}
