package io.tournant.pool.parking;

import io.tournant.pool.lines.Padding;

/**
 * How a searching worker passes the time between two looks at the queues, and for how long before it parks.
 *
 * <p>The time adapts: it is the whole budget after a search that a longer spin would have ended, or has; it halves with
 * each search that ended in a sleep longer than that. So a worker whose tasks come within microseconds of each other
 * stays awake for them, and one whose tasks come seldom costs next to nothing. Not thread-safe.
 */
public class Spin extends Padding {

    private static final int PAUSES = 8;
    private static final int YIELD_AFTER = 64;
    private static final int SHORTEST = 16;

    private final long budgetNanos;
    private long spinNanos;
    private long startNanos;
    private int rounds;

    /**
     * Creates a spin.
     *
     * @param budgetNanos how long a worker that finds nothing goes on looking at most; 0 where nobody else could run
     *     meanwhile
     */
    public Spin(long budgetNanos) {
        this.budgetNanos = budgetNanos;
        spinNanos = budgetNanos;
    }

    /** Begins a new search. */
    public void restart() {
        rounds = 0;
    }

    /**
     * Tells how often the search has paused.
     *
     * @return the number of pauses since it began
     */
    public int rounds() {
        return rounds;
    }

    /** Passes a moment, in favour of whoever is in the way. */
    @SuppressWarnings("ThreadPriorityCheck") // whoever is in the way may be without a processor
    public void pause() {
        if (rounds == 0) {
            startNanos = System.nanoTime();
        }
        if (++rounds % YIELD_AFTER == 0) {
            Thread.yield();
        }
        for (int i = 0; i < PAUSES; i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * Passes a moment, unless the time is up.
     *
     * @return whether the worker should look again
     */
    public boolean tryPause() {
        if (spinNanos == 0 || (rounds > 0 && System.nanoTime() - startNanos >= spinNanos)) {
            return false;
        }
        pause();
        return true;
    }

    /** The search ended because something was found. */
    public void onFound() {
        if (rounds > 0) {
            spinNanos = budgetNanos;
        }
    }

    /** The search went on in a sleep, which has ended. */
    public void onWoken() {
        boolean soon = rounds > 0 && System.nanoTime() - startNanos < budgetNanos;
        spinNanos = soon ? budgetNanos : Math.max(spinNanos >> 1, budgetNanos / SHORTEST);
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    public static final class Apart extends Spin {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        /**
         * Creates a spin.
         *
         * @param budgetNanos how long a worker that finds nothing goes on looking at most; 0 where nobody else could run
         *     meanwhile
         */
        public Apart(long budgetNanos) {
            super(budgetNanos);
        }
    }
}
