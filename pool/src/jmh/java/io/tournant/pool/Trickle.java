package io.tournant.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Tasks that come seldom, for a tenth of a second. */
@State(Scope.Benchmark)
public class Trickle {

    private static final long NANOS = 100_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    /** How many come in a second. */
    @Param({"0", "1000", "10000"})
    public int rate;

    private final Practice practice = new Practice();
    private final Tally tally = new Tally();

    /** Submits tasks at the rate, and waits for the last. */
    void submit(Executor executor) {
        practice.once(() -> submitAndWait(executor));
        long tasks = rate * NANOS / SECOND_NANOS;
        long start = System.nanoTime();
        for (long i = 0; i < tasks; i++) {
            parkUntil(start + i * SECOND_NANOS / rate);
            executor.execute(tally.task);
        }
        parkUntil(start + NANOS);
        tally.await(tasks);
    }

    private void submitAndWait(Executor executor) {
        executor.execute(tally.task);
        tally.await(1);
    }

    private static void parkUntil(long deadline) {
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
