package io.tournant.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How often the watch of a pool looks, and how many workers are awake, for whom it does. */
final class Pace {
    /*
     * Overview   The first worker to wake while the watch is off switches it on; the watch switches itself off when all
     *            sleep. Both change one word and then read the other.
     *
     * States     of the pace: NONE, OFF  -> SLOW        awake, which returns what was
     *                         NONE, OFF, SLOW -> FAST   quicken
     *                         FAST -> SLOW              slowDown
     *                         SLOW -> OFF               switchOff, if nobody is awake
     *                         OFF  -> NONE              end: the thread of the watch ends
     *                         any  -> CLOSED            close: the pool has ended
     *
     * Fields     words[AWAKE], words[PACE]   everybody, by read-modify-write | ON
     *
     * Edges      ON   worker: awake counted, then pace read >< watch: pace off, then awake read; each a read-modify-write
     *                 and a volatile read: the worker sees the pace off, or the watch sees the worker; and: task visible,
     *                 full fence, then pace read >< watch: pace slow, full fence, then queues read
     */
    /** There is no thread. */
    static final int NONE = 0;

    /** The thread waits for a worker to wake. */
    static final int OFF = 1;

    /** It looks now and then. */
    static final int SLOW = 2;

    /** It looks often, since tasks are waiting. */
    static final int FAST = 3;

    /** The pool has ended. */
    static final int CLOSED = 4;

    private static final VarHandle WORDS =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private static final int APART = 128 / Integer.BYTES;
    private static final int AWAKE = APART;
    private static final int PACE = 2 * APART;

    private final int[] words = new int[3 * APART];

    /** A worker is awake. Returns what the pace was: the caller must start the watch after NONE, and wake it after OFF. */
    int awake() {
        count(1); // ON
        return quicken(SLOW);
    }

    /** A worker sleeps, or has ended. */
    void asleep() {
        count(-1); // ON
    }

    /** Makes the pace at least the given one. Returns what it was: if that was less, the caller must start or wake the watch. */
    int quicken(int atLeast) {
        int seen = get(); // ON
        while (seen < atLeast && !cas(seen, atLeast)) { // ON
            seen = get(); // ON
        }
        return seen;
    }

    /**
     * Before a look at the pace by who has pushed or seen a task and wakes nobody: the watch sees the task, or it is seen
     * slow. And by the thread of the watch, when it has said who it is.
     */
    void fence() {
        VarHandle.fullFence(); // ON
    }

    /** Slows down. The caller then looks at the queues: who finds the pace fast has left a task to it. */
    void slowDown() {
        cas(FAST, SLOW); // ON
        VarHandle.fullFence(); // ON
    }

    /** Switches the watch off if nobody is awake. */
    void switchOff() {
        if (isAnyAwake() || !cas(SLOW, OFF)) { // ON
            return;
        }
        if (isAnyAwake()) { // ON
            cas(OFF, SLOW); // ON
        }
    }

    /** Returns whether the thread of the watch may end, because it is off. */
    boolean end() {
        return cas(OFF, NONE); // ON
    }

    /** The thread could not be started. */
    void failed() {
        int seen = get(); // ON
        while (seen < CLOSED && !cas(seen, NONE)) { // ON
            seen = get(); // ON
        }
    }

    void close() {
        WORDS.setVolatile(words, PACE, CLOSED); // ON
    }

    int get() {
        return (int) WORDS.getVolatile(words, PACE); // ON
    }

    @SuppressWarnings("unused") // what it was
    private void count(int difference) {
        int before = (int) WORDS.getAndAdd(words, AWAKE, difference); // ON
    }

    private boolean isAnyAwake() {
        return (int) WORDS.getVolatile(words, AWAKE) > 0; // ON
    }

    private boolean cas(int expected, int next) {
        return WORDS.compareAndSet(words, PACE, expected, next); // ON
    }
}
