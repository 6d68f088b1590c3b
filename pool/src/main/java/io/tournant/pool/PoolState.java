package io.tournant.pool;

import io.tournant.pool.lines.Padding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The life of a pool, from running to terminated, and the number of its workers that are in service. */
@SuppressWarnings("EnumOrdinal") // the order of the phases is the order of their life
class PoolState extends Padding {
    /*
     * Overview   One word {phase, late, serving}. A submitter checks the phase, makes its task visible, checks again.
     *            If the pool was still running at the second check, each worker that leaves later sees the task first.
     *            If it was not, the submitter is late: it asks to be admitted, which succeeds as long as some worker
     *            must still leave, and changes the word, so that this worker must look at the queues again.
     *            Proof: pool/DESIGN.md, "Nothing is lost at the end".
     *
     * States     RUNNING  -> SHUTDOWN     toShutdown
     *            RUNNING  -> STOP         toStop
     *            SHUTDOWN -> STOP         toStop
     *            SHUTDOWN -> TERMINATED   tryLeave, by the last worker, which found nothing left
     *            STOP     -> TERMINATED   tryLeave, by the last worker
     *            Within a phase: enter counts serving up (not in TERMINATED), tryLeave down (not in RUNNING), tryRest
     *            down (in RUNNING, but not to zero: somebody must be there to terminate the pool),
     *            admitLate counts late up (in SHUTDOWN).
     *
     * Fields     word         everybody, by CAS     | GATE, LEAVE
     *            terminated   completed by the last worker
     *
     * Edges      GATE    submitter: task visible, full fence, phase read >< CAS of the phase, full fence, queues read
     *            LEAVE   admitLate: task visible, then CAS -> tryLeave fails, look acquire, full fence, queues read
     *
     * Accepted   2^32 late admissions between a worker's look and its leaving would hide each other.
     */
    enum Phase {
        RUNNING,
        SHUTDOWN,
        STOP,
        TERMINATED
    }

    private static final Phase[] PHASES = Phase.values();
    private static final long SHUTDOWN = Phase.SHUTDOWN.ordinal();
    private static final long STOP = Phase.STOP.ordinal();
    private static final int PHASE_SHIFT = 48;
    private static final long LATE_ONE = 1L << 16;
    private static final long LATE_MASK = 0xFFFF_FFFFL << 16;
    private static final long SERVING_MASK = 0xFFFF;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup()
                    .findVarHandle(PoolState.class, "word", long.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final CompletableFuture<Void> terminated = new CompletableFuture<>();

    /** Written before the first worker starts. */
    private Runnable onTerminated = () -> {};

    @SuppressWarnings("unused") // through WORD
    private long word;

    Phase phase() {
        return phase(wordAcquire()); // GATE
    }

    boolean isRunning() {
        return wordAcquire() >>> PHASE_SHIFT < SHUTDOWN; // GATE
    }

    boolean isStopping() {
        return wordAcquire() >>> PHASE_SHIFT >= STOP; // GATE
    }

    /** No more tasks; those accepted are run. Returns whether this call made the change. */
    boolean toShutdown() {
        return to(Phase.SHUTDOWN);
    }

    /** No more tasks, and those not started are not run either. Returns whether this call made the change. */
    boolean toStop() {
        return to(Phase.STOP);
    }

    private boolean to(Phase next) {
        long w;
        do {
            w = wordAcquire(); // GATE
            if (phase(w).compareTo(next) >= 0) {
                return false;
            }
        } while (!casWord(w, with(next, w))); // GATE
        VarHandle.fullFence(); // GATE
        return true;
    }

    /**
     * Asks for a task that was made visible too late for the running phase.
     *
     * @return true if it will be run, or returned by shutdownNow; false if nothing is promised and the task should be
     *     taken back
     */
    boolean admitLate() {
        long w;
        do {
            w = wordAcquire(); // LEAVE
            if (phase(w) != Phase.SHUTDOWN) {
                return false;
            }
        } while (!casWord(w, (w & ~LATE_MASK) | ((w + LATE_ONE) & LATE_MASK))); // LEAVE
        return true;
    }

    /** Counts a worker in. Returns false if the pool has terminated and the worker must touch nothing. */
    boolean enter() {
        long w;
        do {
            w = wordAcquire(); // LEAVE
            if (phase(w) == Phase.TERMINATED) {
                return false;
            }
        } while (!casWord(w, w + 1)); // LEAVE
        return true;
    }

    /** Counts a worker out whose thread ends because nothing is to be done, unless it is the last or the pool ends. */
    boolean tryRest() {
        long w;
        do {
            w = wordAcquire(); // LEAVE
            if (phase(w) != Phase.RUNNING || (w & SERVING_MASK) <= 1) {
                return false;
            }
        } while (!casWord(w, w - 1)); // LEAVE
        return true;
    }

    /** What a worker that would like to leave must read before it looks at the queues for the last time. */
    long look() {
        long seen = wordAcquire(); // LEAVE
        VarHandle.fullFence(); // GATE, LEAVE
        return seen;
    }

    /**
     * Counts a worker out, and terminates the pool if it was the last.
     *
     * @param seen what {@link #look} returned
     * @return false if anything has changed since then: look again
     */
    boolean tryLeave(long seen) {
        long next = seen - 1;
        boolean last = (next & SERVING_MASK) == 0;
        if (!casWord(seen, last ? with(Phase.TERMINATED, next) : next)) { // LEAVE
            return false;
        }
        if (last) {
            onTerminated.run();
            terminated.complete(null);
        }
        return true;
    }

    boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            terminated.get(timeout, unit);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Has something done when the last worker leaves, on its thread, before {@link #terminated} completes. */
    void onTerminated(Runnable action) {
        onTerminated = action;
    }

    /** Completes when the last worker leaves, on its thread. */
    CompletionStage<Void> terminated() {
        return terminated.minimalCompletionStage();
    }

    private static Phase phase(long w) {
        return PHASES[(int) (w >>> PHASE_SHIFT)];
    }

    private static long with(Phase phase, long w) {
        return ((long) phase.ordinal() << PHASE_SHIFT) | (w & (LATE_MASK | SERVING_MASK));
    }

    private long wordAcquire() {
        return (long) WORD.getAcquire(this); // GATE, LEAVE
    }

    private boolean casWord(long expected, long next) {
        return WORD.compareAndSet(this, expected, next); // GATE, LEAVE
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends PoolState {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    }
}
