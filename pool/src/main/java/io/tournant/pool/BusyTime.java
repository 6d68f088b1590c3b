package io.tournant.pool;

import io.tournant.pool.lines.Padding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** For how long a worker has had work; its thread measures, and anybody reads. */
class BusyTime extends Padding {
    /*
     * States     of the word: t >= 0    no work now, t nanoseconds of it before
     *                         ~n < 0    work since n nanoseconds after the origin, less those of before
     *
     * Fields     word   the worker's thread reads and writes | others read, opaque | nothing else is concluded from it
     */
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup()
                    .findVarHandle(BusyTime.class, "word", long.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final long ORIGIN = System.nanoTime();

    private long word;

    private static long now() {
        return System.nanoTime() - ORIGIN;
    }

    private static long nanos(long word) {
        return word >= 0 ? word : now() - ~word;
    }

    /** There is work; there was none before. */
    void start() {
        WORD.setOpaque(this, ~(now() - word)); // opaque: a statistic
    }

    /** There is none, or there was none before. */
    void stop() {
        WORD.setOpaque(this, nanos(word)); // opaque: a statistic
    }

    /** For how long there has been work up to now, to within some microseconds. */
    long nanos() {
        while (true) {
            long seen = wordOpaque(); // opaque: a statistic
            long nanos = nanos(seen);
            if (seen
                    == wordOpaque()) { // opaque: a statistic; else the stretch may have ended before the clock was read
                return nanos;
            }
        }
    }

    private long wordOpaque() {
        return (long) WORD.getOpaque(this); // opaque: a statistic
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends BusyTime {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    }
}
