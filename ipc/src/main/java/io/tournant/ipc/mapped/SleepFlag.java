package io.tournant.ipc.mapped;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A word of a ring in which one side says that it sleeps; the other takes that back, and rings. */
final class SleepFlag {
    /*
     * Fields     the word   1 by who sleeps; 0 by who is awake again, or rings
     * Edges
     *            SLEEP    who would sleep: its flag, full fence, then what the other has stored >< the other: its store, full
     *                     fence, then the flag. One of the two sees the other: it does not sleep, or is rung for.
     */
    private static final VarHandle INTS =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();

    private final MemorySegment file;
    private final long offset;

    SleepFlag(MemorySegment file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    /** Says that this side sleeps. It looks once more after that. */
    void set() {
        INTS.setOpaque(file, offset, 1); // SLEEP
        VarHandle.fullFence(); // SLEEP
    }

    /** Says that this side is awake. A bell that is rung until the other sees that is for nobody. */
    void clear() {
        INTS.setOpaque(file, offset, 0); // opaque: a hint
    }

    /** Returns true if the other side slept, and this one has to ring; called after a store that is news to it. */
    boolean take() {
        VarHandle.fullFence(); // SLEEP
        return (int) INTS.getOpaque(file, offset) != 0 // SLEEP
                && (int) INTS.getAndSet(file, offset, 0) != 0; // SLEEP
    }
}
