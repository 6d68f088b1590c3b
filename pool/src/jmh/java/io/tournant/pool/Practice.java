package io.tournant.pool;

import java.util.concurrent.locks.LockSupport;

/**
 * Repeats what is measured, time after time, until what runs then is compiled, and the compiler done with it: where tasks
 * come seldom that would take minutes. It must be the very same: code that was compiled for tasks of another class is
 * thrown away when the first one of this class comes, and runs interpreted for as long again.
 */
final class Practice {

    private static final int ROUNDS = 20_000;
    private static final long PAUSE_NANOS = 50_000;

    private boolean done;

    /** Does so the first time, which must be before anything is measured. */
    void once(Runnable round) {
        if (done) {
            return;
        }
        for (int i = 0; i < ROUNDS; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            round.run();
        }
        done = true;
    }
}
