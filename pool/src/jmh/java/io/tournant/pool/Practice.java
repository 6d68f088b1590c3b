package io.tournant.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives tasks to a pool, one after the other, until what runs then is compiled, and the compiler done with it: where tasks
 * come seldom that would take minutes.
 */
final class Practice {

    private static final int TASKS = 20_000;
    private static final long PAUSE_NANOS = 50_000;

    private boolean done;

    /** Does so the first time, which must be before anything is measured. */
    void once(Executor executor) {
        if (done) {
            return;
        }
        Tally tally = new Tally();
        for (int i = 0; i < TASKS; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            executor.execute(tally.task);
        }
        tally.await(TASKS);
        done = true;
    }
}
