package io.tournant.pool;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Counts tasks that have run, and waits for them without taking a processor from those that run them. */
final class Tally {

    private static final long LOOK_NANOS = 50_000;
    private static final long GIVE_UP_NANOS = 20_000_000_000L;

    private final LongAdder count = new LongAdder();

    /** The task that is counted: always the same object, so that all that is allocated is the pool's. */
    final Runnable task = count::increment;

    /** Waits until so many tasks have run since the last call. */
    void await(long tasks) {
        long start = System.nanoTime();
        while (count.sum() < tasks) {
            if (System.nanoTime() - start > GIVE_UP_NANOS) {
                throw new IllegalStateException("Tasks are lost. ran=" + count.sum() + " submitted=" + tasks);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long ran = count.sumThenReset();
        if (ran != tasks) {
            throw new IllegalStateException("Tasks ran twice. ran=" + ran + " submitted=" + tasks);
        }
    }
}
