package io.tournant.core.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts what is inside, lets nothing in once it is shut, and tells when it is shut and empty. */
public final class AdmissionGate {
    /*
     * States     OPEN -> SHUT            shut: nothing enters any more
     *            OPEN, SHUT -> STOPPING  stop: what begins now is to be cancelled at once
     *            The count goes up by enter and down by leave in every state.
     *
     * Fields     word = STOPPING bit | SHUT bit | count, changed by read-modify-write only
     *
     * Edges
     *            ADMIT    enter and shut are read-modify-writes of one word: either enter comes first and is counted, or
     *                     it sees the gate shut
     *            DRAINED  what was done inside: leave -> whoever brings the shut gate to zero
     *            STOP     stop volatile, then the running are looked through >< a task is seen running, then
     *                     isStopping volatile
     *
     * Accepted   one that is turned away is counted for a moment, so that the gate may be seen empty twice
     */
    private static final long SHUT = 1L << 62;
    private static final long STOPPING = 1L << 61;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(AdmissionGate.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through WORD
    private long word;

    /** Tries to go in. */
    public Entry enter() {
        long before = (long) WORD.getAndAdd(this, 1L); // ADMIT
        if ((before & SHUT) == 0) {
            return Entry.ADMITTED;
        }
        return leave() ? Entry.REFUSED_LAST : Entry.REFUSED;
    }

    /** Counts once more what is inside already, whatever the state; it leaves once more as well. */
    public void enterAgain() {
        WORD.getAndAdd(this, 1L); // ADMIT
    }

    /** As {@link #enterAgain()}, unless nothing is inside. Returns true if the caller must leave. */
    public boolean enterIfInside() {
        while (true) {
            long now = (long) WORD.getVolatile(this); // ADMIT
            if ((now & ~(SHUT | STOPPING)) == 0) {
                return false;
            }
            if (WORD.compareAndSet(this, now, now + 1)) { // ADMIT
                return true;
            }
        }
    }

    /** Returns how many are inside. */
    public long count() {
        return (long) WORD.getVolatile(this) & ~(SHUT | STOPPING); // ADMIT
    }

    /** What became of an attempt to enter. */
    public enum Entry {
        /** Inside: the caller must leave. */
        ADMITTED,
        /** Turned away. */
        REFUSED,
        /** Turned away, and the caller must act as on a {@code leave} that returned true. */
        REFUSED_LAST
    }

    /** Goes out. Returns true if the gate is shut and empty, and the caller must act on that; possibly not for the first time. */
    public boolean leave() {
        return isDrained((long) WORD.getAndAdd(this, -1L) - 1); // DRAINED
    }

    /** Shuts the gate. Returns true if it is empty, and the caller must act on that. */
    public boolean shut() {
        return isDrained((long) WORD.getAndBitwiseOr(this, SHUT) | SHUT); // ADMIT, DRAINED
    }

    /** Shuts the gate and has what is inside cancelled. Returns true if it is empty, and the caller must act on that. */
    public boolean stop() {
        return isDrained((long) WORD.getAndBitwiseOr(this, SHUT | STOPPING) | SHUT); // ADMIT, DRAINED, STOP
    }

    private static boolean isDrained(long word) {
        return (word & ~STOPPING) == SHUT;
    }

    /** Returns true when the gate is shut and empty. */
    public boolean isDrained() {
        return isDrained((long) WORD.getVolatile(this)); // DRAINED
    }

    /** Returns true from {@link #shut()} on. */
    public boolean isShut() {
        return ((long) WORD.getVolatile(this) & SHUT) != 0; // ADMIT
    }

    /** Returns true from {@link #stop()} on. */
    public boolean isStopping() {
        return ((long) WORD.getVolatile(this) & STOPPING) != 0; // STOP
    }
}
