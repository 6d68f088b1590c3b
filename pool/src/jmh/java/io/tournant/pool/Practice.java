package io.tournant.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a pool so often that what runs then is compiled, and the compiler done with it: tasks that come seldom would need
 * minutes for that.
 */
final class Practice {

    private static final int WAKE_UPS = 12_000;
    private static final long PAUSE_NANOS = 50_000;

    private volatile int ended;
    private boolean done;

    /** Does so the first time, which must be before anything is measured. */
    void once(Executor executor) {
        for (int i = 1; !done && i <= WAKE_UPS; i++) {
            int number = i;
            LockSupport.parkNanos(PAUSE_NANOS);
            executor.execute(() -> ended = number);
            while (ended < number) {
                Thread.onSpinWait();
            }
        }
        done = true;
    }
}
