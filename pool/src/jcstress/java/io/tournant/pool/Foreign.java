package io.tournant.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a task as a thread that is no worker does, except that it does not look again by itself soon. */
final class Foreign {

    /** The task was done before. */
    static final int NOT_WAITED = 0;

    /** The thread was woken. */
    static final int WOKEN = 1;

    /** Nobody has woken the thread. */
    static final int FORGOTTEN = 2;

    /** Longer than a thread that was woken is kept from running on a busy machine. */
    private static final long FORGOTTEN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Foreign() {}

    /** Waits with a limit of time, as {@link Forked#await} does. Returns whether the task is done. */
    static boolean await(Forked<?> task, long timeoutNanos) {
        try {
            return task.await(timeoutNanos);
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }

    /** Waits until the thread is woken, or for so long that nobody will wake it any more. Returns what became of it. */
    static int await(Forked<?> task) {
        if (!task.enlist(new Waiter())) {
            return NOT_WAITED;
        }
        while (!task.isDone()) {
            long start = System.nanoTime();
            LockSupport.parkNanos(FORGOTTEN_AFTER_NANOS);
            if (System.nanoTime() - start >= FORGOTTEN_AFTER_NANOS) {
                return FORGOTTEN;
            }
        }
        return WOKEN;
    }
}
