package io.tournant.ipc.stream;

import java.io.IOException;

/**
 * For how long one side looks whether there is something to read, or room, before it sleeps. Not thread-safe.
 *
 * <p>Who is answered in less time than a wake-up through the kernel takes looks longer than that; who has slept for longer
 * looks half as long the next time. If somebody else took the processor away during a look, the next waits do without one;
 * where there is one processor, all do.
 */
public final class SpinBudget {

    private static final long MOST_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 100_000 : 0;
    private static final long LEAST_NANOS = MOST_NANOS / 32;
    private static final int LOOKS = 16;

    /** Between two readings of the clock nothing but a loss of the processor takes this long. */
    private static final long LOST_NANOS = 50_000;

    private static final int WAITS_AFTER_LOSS = 200;

    private long nanos = MOST_NANOS;
    private long startNanos;
    private int waitsToSitOut;

    /** Creates a budget of one side in one direction. */
    public SpinBudget() {}

    /** What is looked for. */
    @FunctionalInterface
    public interface Condition {

        /**
         * Looks.
         *
         * @return whether it holds
         * @throws IOException if the stream fails
         */
        boolean holds() throws IOException;
    }

    /**
     * Looks until the condition holds or the time is up.
     *
     * @param condition what is looked for
     * @param deadline until when, at most
     * @return whether it holds; if not, {@link #slept} follows
     * @throws IOException if the stream fails
     */
    public boolean await(Condition condition, Deadline deadline) throws IOException {
        startNanos = System.nanoTime();
        if (waitsToSitOut > 0) {
            waitsToSitOut--;
            return condition.holds();
        }
        long budget = Math.min(nanos, deadline.remainingNanos());
        long last = startNanos;
        while (last - startNanos < budget) {
            for (int i = 0; i < LOOKS; i++) {
                if (condition.holds()) {
                    nanos = MOST_NANOS;
                    return true;
                }
                Thread.onSpinWait();
            }
            long now = System.nanoTime();
            if (now - last > LOST_NANOS) {
                waitsToSitOut = WAITS_AFTER_LOSS;
                return condition.holds();
            }
            last = now;
        }
        return condition.holds();
    }

    /** The wait went on in a sleep, which has ended. */
    public void slept() {
        boolean soon = System.nanoTime() - startNanos < 2 * MOST_NANOS;
        nanos = soon ? MOST_NANOS : Math.max(nanos >> 1, LEAST_NANOS);
    }
}
