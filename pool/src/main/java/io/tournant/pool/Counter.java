package io.tournant.pool;

import io.tournant.pool.lines.Padding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that one thread counts up and anybody reads. */
class Counter extends Padding {
    /*
     * Fields     count   its thread reads and writes | others read, opaque | nothing else is concluded from it
     *
     * Accepted   A reader may see a count that is a little old.
     */
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup()
                    .findVarHandle(Counter.class, "count", long.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private long count;

    void add(int difference) {
        COUNT.setOpaque(this, count + difference); // opaque: as below
    }

    void increment() {
        COUNT.setOpaque(this, count + 1); // opaque: one writer, and readers want no more than whole numbers that grow
    }

    long get() {
        return (long) COUNT.getOpaque(this); // opaque: as above
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends Counter {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    }
}
