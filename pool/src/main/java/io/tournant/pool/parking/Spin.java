package io.tournant.pool.parking;

/** How a searching worker passes the time between two looks at the queues, and for how long before it parks. */
public final class Spin {

    private static final int PAUSES = 32;
    private static final int YIELD_AFTER = 64;

    private final long budgetNanos;
    private long deadlineNanos;
    private int rounds;

    /**
     * Creates a spin.
     *
     * @param budgetNanos how long a worker that finds nothing goes on looking; 0 where nobody else could run meanwhile
     */
    public Spin(long budgetNanos) {
        this.budgetNanos = budgetNanos;
    }

    /** Begins a new search. */
    public void restart() {
        rounds = 0;
    }

    /** Passes a moment, in favour of whoever is in the way. */
    @SuppressWarnings("ThreadPriorityCheck") // whoever is in the way may be without a processor
    public void pause() {
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
        if (budgetNanos == 0) {
            return false;
        }
        long nowNanos = System.nanoTime();
        if (rounds == 0) {
            deadlineNanos = nowNanos + budgetNanos;
        } else if (nowNanos - deadlineNanos >= 0) {
            return false;
        }
        pause();
        return true;
    }
}
