package io.tournant.ipc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Eight bytes of a {@link SharedBuffer} as a number that threads of all its processes change atomically: what {@link
 * java.util.concurrent.atomic.AtomicLong} is within a JVM. Made by {@link SharedBuffer#cell}.
 *
 * <p>No method blocks. Each throws {@link IllegalStateException} after the buffer was closed here, and {@link InternalError}
 * if another process has cut the file of the buffer short.
 *
 * <h2>Memory consistency effects</h2>
 *
 * Every method is an access with the effect of a volatile one. Within a JVM, what a thread did before it wrote a number
 * <i>happens-before</i> what a thread does that has read that number. Between processes, what was written to the buffer before
 * is published in shared memory by the same instructions.
 */
public final class SharedLong {
    /*
     * Fields     field   | any thread of any process | edge
     *            cell    | reads, writes             | CELL
     *
     * Edges
     *            CELL  bytes of the buffer, then the cell, volatile -> the cell, volatile, then the bytes; one order of all
     *                  such accesses to all cells
     */
    private static final VarHandle CELLS = ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    private final MemorySegment bytes;
    private final long offset;

    SharedLong(MemorySegment bytes, long offset) {
        this.bytes = bytes;
        this.offset = offset;
    }

    /**
     * Returns the number.
     *
     * @return what was written last
     */
    public long get() {
        return (long) CELLS.getVolatile(bytes, offset); // CELL
    }

    /**
     * Writes a number.
     *
     * @param value the number
     */
    public void set(long value) {
        CELLS.setVolatile(bytes, offset, value); // CELL
    }

    /**
     * Writes a number in place of another.
     *
     * @param value the number
     * @return the one before
     */
    public long getAndSet(long value) {
        return (long) CELLS.getAndSet(bytes, offset, value); // CELL
    }

    /**
     * Adds to the number; it wraps around at 64 bits.
     *
     * @param delta what to add
     * @return the number before
     */
    public long getAndAdd(long delta) {
        return (long) CELLS.getAndAdd(bytes, offset, delta); // CELL
    }

    /**
     * Adds to the number; it wraps around at 64 bits.
     *
     * @param delta what to add
     * @return the sum
     */
    public long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Adds one to the number.
     *
     * @return the number after
     */
    public long incrementAndGet() {
        return addAndGet(1);
    }

    /**
     * Writes a number if it is in place of a certain other one.
     *
     * @param expected the one that must be there
     * @param value the number
     * @return whether it was there
     */
    public boolean compareAndSet(long expected, long value) {
        return CELLS.compareAndSet(bytes, offset, expected, value); // CELL
    }

    /** Returns the number as text. */
    @Override
    public String toString() {
        return Long.toString(get());
    }
}
