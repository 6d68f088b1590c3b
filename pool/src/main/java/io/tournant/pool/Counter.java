package io.tournant.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that one thread counts up and anybody reads. */
final class Counter {
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
}
