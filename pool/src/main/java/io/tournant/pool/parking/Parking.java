package io.tournant.pool.parking;

import io.tournant.pool.lines.Padding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One word that says how many workers search for tasks and which are parked.
 *
 * <p>A worker is running, searching or parked, and is known here by its index. Whoever takes a worker off the stack of
 * parked ones ({@link #signal}, {@link #popAny}, {@link #replace}) must wake it, and has counted it as searching
 * already. No worker takes itself off the stack.
 *
 * <p><b>Thread safety.</b> Everything may be called by anybody; no method blocks.
 *
 * <p><b>Memory consistency effects.</b> What a worker does before {@link #park} happens before whatever follows its
 * being taken off the stack.
 */
public class Parking extends Padding {
    /*
     * Overview   Makers of tasks and workers about to park look past each other if nobody fences: the maker reads the
     *            word before its task is visible, the worker reads the queues before it is on the stack. The rule:
     *            a maker first makes its task visible, then signals (or has the watch see to it, see Company), which wakes a
     *            worker unless one is searching (signalUnfenced leaves the rest to the watch); and
     *            the last worker that stops searching, for whatever reason, then looks at all queues once more and
     *            signals if it sees a task. Proof: pool/DESIGN.md, "No wake-up is lost".
     *
     * States     of the word {version, searching, top of the stack}:
     *            startSearching   {v, s, w} -> {v, s + 1, w}
     *            stopSearching    {v, s, w} -> {v, s - 1, w}
     *            park(p)          {v, s, w} -> {v + 1, s - 1, p}                   p lies on w
     *            signal           {v, 0, w} -> {v + 1, 1, the one below w}
     *            popAny           {v, s, w} -> {v + 1, s + 1, the one below w}
     *            replace(p)       {v, s, w} -> {v + 1, s, the one below w}         someone else is parked
     *                             {v, s, none} -> {v + 1, s - 1, p}                nobody else is
     *            putBack(p)       {v, s, w} -> {v + 1, s, p}
     *
     * Fields     word       everybody, by CAS                                      | SIGNAL, HAND_OVER, STACK
     *            below[p]   written by who puts p on the stack | read by poppers   | STACK
     *
     * Edges      SIGNAL     maker: task visible, full fence, word read >< park: CAS, full fence, queues read
     *            HAND_OVER  maker: task visible, full fence, word read >< stopSearching: CAS, full fence, queues read
     *            STACK      park: below[p], then CAS -> popper: word acquire, then below[p], and CAS; the version tells
     *                       a stack that was popped and pushed in between
     *
     * Accepted   2^32 changes of the stack between a popper's read and its CAS would deceive the version.
     */
    /** No worker. */
    public static final int NONE = -1;

    /** No worker, because all of them run tasks. */
    public static final int ALL_BUSY = -2;

    /** The largest number of workers. */
    public static final int MAXIMUM_WORKERS = (1 << 15) - 1;

    private static final int FIELD_BITS = 16;
    private static final long FIELD_MASK = (1L << FIELD_BITS) - 1;
    private static final long VERSION_ONE = 1L << (2 * FIELD_BITS);

    private static final VarHandle WORD;
    private static final VarHandle BELOW =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    static {
        try {
            WORD = MethodHandles.lookup()
                    .findVarHandle(Parking.class, "word", long.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final int[] below;

    @SuppressWarnings("unused") // through WORD
    private long word;

    /**
     * Creates a word that says: nobody searches, everybody is parked, the worker with index 0 on top.
     *
     * @param workers how many workers there are
     */
    public Parking(int workers) {
        if (workers < 1 || workers > MAXIMUM_WORKERS) {
            throw new IllegalArgumentException("The number of workers is out of range. workers=" + workers
                    + " minimum=1 maximum=" + MAXIMUM_WORKERS);
        }
        below = new int[workers];
        for (int worker = 0; worker < workers; worker++) {
            below[worker] = worker + 1 < workers ? worker + 1 : NONE;
        }
        word = word(0, 0, 0);
    }

    /**
     * Takes a worker off the stack for tasks that were just made visible, unless somebody searches already.
     *
     * @return the worker to wake, {@link #NONE} or {@link #ALL_BUSY}
     */
    public int signal() {
        VarHandle.fullFence(); // SIGNAL, HAND_OVER
        return signalUnfenced();
    }

    /**
     * Does what {@link #signal} does, but may miss a worker that goes to sleep just now: for tasks that need not be seen at
     * once, since the caller runs them itself at the latest.
     *
     * @return the worker to wake, {@link #NONE} or {@link #ALL_BUSY}
     */
    public int signalUnfenced() {
        long w = wordAcquire(); // STACK
        if (searching(w) > 0) {
            return NONE;
        }
        return top(w) == NONE ? ALL_BUSY : popUnlessSearched();
    }

    private int popUnlessSearched() {
        StackRoom.reserve(); // who is taken off the stack must be woken
        long w;
        do {
            w = wordAcquire(); // STACK
            if (searching(w) > 0) {
                return NONE;
            }
            if (top(w) == NONE) {
                return ALL_BUSY;
            }
        } while (!casWord(w, popped(w, 1))); // SIGNAL, HAND_OVER, STACK
        return top(w);
    }

    /**
     * Tells whether a signal would find somebody to wake, as it looked a moment ago: for makers of tasks that can do
     * without being seen at once. Not ordered with anything.
     *
     * @return whether nobody searched and somebody was parked
     */
    public boolean mayWake() {
        long w = wordOpaque(); // opaque: a hint
        return searching(w) == 0 && top(w) != NONE;
    }

    /**
     * Tells whether all workers run tasks, as it looked a moment ago. Not ordered with anything.
     *
     * @return whether nobody searched and nobody was parked
     */
    public boolean allBusy() {
        return (wordOpaque() & (VERSION_ONE - 1)) == 0; // opaque: a hint
    }

    /**
     * Takes a worker off the stack, no matter who searches.
     *
     * @return the worker to wake, or {@link #NONE} if nobody is parked
     */
    public int popAny() {
        long w;
        do {
            w = wordAcquire(); // STACK
            if (top(w) == NONE) {
                return NONE;
            }
        } while (!casWord(w, popped(w, searching(w) + 1))); // STACK
        return top(w);
    }

    /**
     * Finds a substitute for a worker that was taken off the stack and cannot be woken. If nobody else is parked, the
     * worker is put back and no longer counts as searching.
     *
     * @param worker the worker that cannot be woken
     * @return the worker to wake instead, after which the first must be {@linkplain #putBack put back}; or {@link
     *     #NONE}
     */
    public int replace(int worker) {
        long w;
        long next;
        do {
            w = wordAcquire(); // STACK
            next = top(w) == NONE ? pushed(w, worker, searching(w) - 1) : popped(w, searching(w));
        } while (!casWord(w, next)); // STACK
        return top(w);
    }

    /**
     * Puts a worker back for which a substitute was woken.
     *
     * @param worker the worker that could not be woken
     */
    public void putBack(int worker) {
        long w;
        do {
            w = wordAcquire(); // STACK
        } while (!casWord(w, pushed(w, worker, searching(w)))); // STACK
    }

    /** Counts the caller as searching. */
    public void startSearching() {
        long w;
        do {
            w = wordAcquire(); // HAND_OVER
        } while (!casWord(w, word(w, searching(w) + 1, top(w)))); // HAND_OVER
    }

    /**
     * Counts the caller as running again.
     *
     * @return whether the caller must now look at all queues and {@link #signal} if one has a task, because makers have
     *     relied on its searching, and there is somebody to wake
     */
    public boolean stopSearching() {
        long w;
        do {
            w = wordAcquire(); // HAND_OVER
        } while (!casWord(w, word(w, searching(w) - 1, top(w)))); // HAND_OVER
        VarHandle.fullFence(); // HAND_OVER
        return searching(w) == 1 && top(w) != NONE;
    }

    /**
     * Puts the caller, who was searching, on the stack of parked workers.
     *
     * @param worker the caller
     * @return whether the caller, before it sleeps, must look at all queues and {@link #signal} if one has a task,
     *     because makers have relied on its searching
     */
    public boolean park(int worker) {
        long w;
        do {
            w = wordAcquire(); // SIGNAL
        } while (!casWord(w, pushed(w, worker, searching(w) - 1))); // SIGNAL, STACK
        VarHandle.fullFence(); // SIGNAL
        return searching(w) == 1;
    }

    /**
     * Counts the searching workers.
     *
     * @return how many there were just now
     */
    public int searching() {
        return searching(wordAcquire()); // HAND_OVER
    }

    private long popped(long w, int searching) {
        return word(w + VERSION_ONE, searching, belowOpaque(top(w))); // STACK: the version tells a stale value
    }

    private long pushed(long w, int worker, int searching) {
        setBelowOpaque(worker, top(w)); // STACK: the CAS that follows publishes it
        return word(w + VERSION_ONE, searching, worker);
    }

    private static long word(long version, int searching, int top) {
        return (version & -VERSION_ONE) | ((long) searching << FIELD_BITS) | (top + 1);
    }

    private static int searching(long w) {
        return (int) (w >>> FIELD_BITS & FIELD_MASK);
    }

    private static int top(long w) {
        return (int) (w & FIELD_MASK) - 1;
    }

    private long wordAcquire() {
        return (long) WORD.getAcquire(this); // SIGNAL, HAND_OVER, STACK
    }

    private long wordOpaque() {
        return (long) WORD.getOpaque(this); // opaque: a hint
    }

    private boolean casWord(long expected, long next) {
        return WORD.weakCompareAndSet(this, expected, next); // SIGNAL, HAND_OVER, STACK
    }

    private int belowOpaque(int worker) {
        return (int) BELOW.getOpaque(below, worker); // STACK
    }

    private void setBelowOpaque(int worker, int next) {
        BELOW.setOpaque(below, worker, next); // STACK
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    public static final class Apart extends Parking {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        /**
         * Creates a word that says: nobody searches, everybody is parked, the worker with index 0 on top.
         *
         * @param workers how many workers there are
         */
        public Apart(int workers) {
            super(workers);
        }
    }
}
