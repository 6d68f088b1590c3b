package io.tournant.core.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts what is inside, lets nothing in once it is shut, and tells when it is shut and empty. */
public final class AdmissionGate {
    /*
     * Overview   Counts that only grow, of those who entered and of those who left, and flags that are hardly ever
     *            written. They stand 128 bytes apart, since submitters write the one, workers the other, and both read
     *            the flags. Beside the count of those who entered stands how many of them were no newcomers.
     *
     * States     OPEN -> SHUT            shut: nothing enters any more
     *            OPEN, SHUT -> STOPPING  stop: what begins now is to be cancelled at once
     *
     * Fields     place   | read and written by            | edge
     *            ENTERED | incremented by whoever enters  | ADMIT, ADMITTED
     *            AGAIN   | incremented by whoever entered | ADMITTED
     *                    | again, or was turned away      |
     *            LEFT    | incremented by whoever leaves  | DRAINED
     *            FLAGS   | set by shut and stop           | ADMIT, DRAINED, STOP
     *
     * Edges
     *            ADMIT    enter: entered, then flags volatile >< shut: flags, then entered volatile. Either who enters is
     *                     counted by who shuts, or it sees the gate shut.
     *            ADMITTED  entered, then again -> again volatile, then entered: no fewer are seen let in than were
     *            DRAINED  leave: left, then flags volatile >< shut: flags, then left volatile. One of the two finds the shut
     *                     gate empty. And: what was done inside, then left -> left volatile by whoever finds it empty.
     *            STOP     stop volatile, then the running are looked through >< a task is seen running, then
     *                     isStopping volatile
     *
     * Accepted   one that is turned away is counted for a moment, so that the gate may be seen empty twice, or seen empty by
     *            that one instead of the last to leave
     */
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int APART = 128 / Long.BYTES;
    private static final int ENTERED = APART;
    private static final int AGAIN = ENTERED + 1;
    private static final int LEFT = 2 * APART;
    private static final int FLAGS = 3 * APART;

    private static final long SHUT = 1;
    private static final long STOPPING = 2;

    private final long[] words = new long[4 * APART];

    /** Tries to go in. */
    public Entry enter() {
        WORDS.getAndAdd(words, ENTERED, 1L); // ADMIT, ADMITTED
        if (!isShut()) {
            return Entry.ADMITTED;
        }
        WORDS.getAndAdd(words, AGAIN, 1L); // ADMITTED
        return leave() ? Entry.REFUSED_LAST : Entry.REFUSED;
    }

    /** Counts once more what is inside already, whatever the state; it leaves once more as well. */
    public void enterAgain() {
        WORDS.getAndAdd(words, ENTERED, 1L); // ADMIT, ADMITTED
        WORDS.getAndAdd(words, AGAIN, 1L); // ADMITTED
    }

    /** Returns how many were let in so far, each counted once. One that is being turned away may be among them for a moment. */
    public long admitted() {
        long again = (long) WORDS.getVolatile(words, AGAIN); // ADMITTED
        return (long) WORDS.getVolatile(words, ENTERED) - again; // ADMITTED
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
        WORDS.getAndAdd(words, LEFT, 1L); // DRAINED
        return isDrained();
    }

    /** Shuts the gate. Returns true if it is empty, and the caller must act on that. */
    public boolean shut() {
        WORDS.getAndBitwiseOr(words, FLAGS, SHUT); // ADMIT, DRAINED
        return isEmpty();
    }

    /** Shuts the gate and has what is inside cancelled. Returns true if it is empty, and the caller must act on that. */
    public boolean stop() {
        WORDS.getAndBitwiseOr(words, FLAGS, SHUT | STOPPING); // ADMIT, DRAINED, STOP
        return isEmpty();
    }

    private boolean isEmpty() {
        return count() == 0;
    }

    /** Returns how many are inside, or were a moment ago. */
    public long count() {
        // left first: whoever left has entered, so that equal counts mean that the gate was empty in between
        long left = (long) WORDS.getVolatile(words, LEFT); // DRAINED
        return (long) WORDS.getVolatile(words, ENTERED) - left; // ADMIT
    }

    /** Returns true when the gate is shut and empty. */
    public boolean isDrained() {
        return isShut() && isEmpty();
    }

    /** Returns true from {@link #shut()} on. */
    public boolean isShut() {
        return ((long) WORDS.getVolatile(words, FLAGS) & SHUT) != 0; // ADMIT, DRAINED
    }

    /** Returns true from {@link #stop()} on. */
    public boolean isStopping() {
        return ((long) WORDS.getVolatile(words, FLAGS) & STOPPING) != 0; // STOP
    }
}
