package io.tournant.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits with a bound for what nobody announces. Also used inside tasks, in other processes. */
final class Poll {

    private Poll() {}

    /**
     * Returns how long to wait for what must happen: longer than anything takes on a loaded machine, so that only a
     * defect exceeds it.
     */
    static Duration patience() {
        return Duration.parse(System.getProperty("tournant.contract.patience", "PT30S"));
    }

    /** Waits until the condition holds. */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        until(what, condition, patience());
    }

    /** Waits until the condition holds, at most for the given time. */
    static void until(String what, BooleanSupplier condition, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
            requireWithin(limit, what, start);
        }
    }

    /** Waits until the condition holds, and drops interrupts meanwhile, as badly written code does. */
    static void untilIgnoringInterrupts(String what, BooleanSupplier condition, Duration limit) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                continue; // on purpose
            }
            requireWithin(limit, what, start);
        }
    }

    private static void requireWithin(Duration limit, String what, long start) {
        if (System.nanoTime() - start > limit.toNanos()) {
            throw new AssertionError("This did not happen in time: what=" + what + " limit=" + limit);
        }
    }
}
