package io.tournant.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** For how long a worker has had work; its thread measures, and anybody reads. */
final class BusyTime {
    /*
     * Fields     total, since   the worker's thread reads and writes | others read, opaque | nothing else is concluded from
     *                           them
     *
     * Accepted   Between the two writes of stop a reader misses the last stretch.
     */
    private static final VarHandle TOTAL;
    private static final VarHandle SINCE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOTAL = lookup.findVarHandle(BusyTime.class, "total", long.class).withInvokeExactBehavior();
            SINCE = lookup.findVarHandle(BusyTime.class, "since", long.class).withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final long ORIGIN = System.nanoTime();
    private static final long IDLE = 0;

    private long total;

    /** Nanoseconds from the origin, or {@link #IDLE}. */
    private long since;

    private static long now() {
        return Math.max(1, System.nanoTime() - ORIGIN);
    }

    /** There is work. */
    void start() {
        SINCE.setOpaque(this, now()); // opaque: a statistic
    }

    /** There is none, or there was none before. */
    void stop() {
        long began = since;
        if (began != IDLE) {
            SINCE.setOpaque(this, IDLE); // opaque: a statistic
            TOTAL.setOpaque(this, total + (now() - began)); // opaque: a statistic
        }
    }

    /** The sum of the stretches with work up to now. */
    long nanos() {
        long began = (long) SINCE.getOpaque(this); // opaque: a statistic
        long before = (long) TOTAL.getOpaque(this); // opaque: a statistic
        return began == IDLE ? before : before + (now() - began);
    }
}
