package io.tournant.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread that waits for the end of a {@link Forked} task, and the next of those that do. */
final class Waiter {

    /** No limit of time. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Thread thread = Thread.currentThread();
    private boolean givenUp;

    /** Written before the waiter is published. */
    @Nullable
    Waiter next;

    /**
     * Blocks until the condition holds. Whoever makes it true wakes the thread, as a rule; in case it did not see the
     * waiter, the condition is looked at again after an eighth of the time that has gone by.
     *
     * @return whether it holds, or else the time is over
     */
    boolean await(BooleanSupplier done, long timeoutNanos) throws InterruptedException {
        long start = System.nanoTime();
        long waited = 0;
        while (!done.getAsBoolean()) {
            if (waited >= timeoutNanos) {
                givenUp = true;
                return false;
            }
            LockSupport.parkNanos(this, Math.min(timeoutNanos - waited, Math.max(SHORTEST_NANOS, waited >> 3)));
            if (Thread.interrupted()) {
                givenUp = true;
                throw new InterruptedException();
            }
            waited = System.nanoTime() - start;
        }
        return true;
    }

    /** Whether the thread has stopped waiting before the end; asked by that thread. */
    boolean gaveUp() {
        return givenUp;
    }

    /** Wakes a list of waiters. */
    static void wakeAll(@Nullable Object first) {
        for (Waiter waiter = (Waiter) first; waiter != null; waiter = waiter.next) {
            LockSupport.unpark(waiter.thread);
        }
    }
}
