package io.tournant.core.executor;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The work of the benchmarks, the same code for ours and raw. Tasks are as good as empty and are made beforehand. */
final class Work {

    /** So many that waking threads up and waiting for the last ones weighs little in the cost of each. */
    static final int TASKS = 1_000;

    private static final long SUM = (long) TASKS * (TASKS - 1) / 2;
    private static final Numbered[] NUMBERED =
            IntStream.range(0, TASKS).mapToObj(Numbered::new).toArray(Numbered[]::new);

    private Work() {}

    /** Returns its own number, in a box that exists already. */
    private record Numbered(Integer number) implements Callable<Integer> {
        @Override
        public Integer call() {
            return number;
        }
    }

    /** Submits a batch of tasks from one thread, then takes the value of each. */
    static void submitBatch(ExecutorService executor) throws ExecutionException, InterruptedException {
        Future<?>[] futures = new Future<?>[TASKS];
        for (int i = 0; i < TASKS; i++) {
            futures[i] = executor.submit(NUMBERED[i]);
        }
        long sum = 0;
        for (Future<?> future : futures) {
            sum += (Integer) future.get();
        }
        check("sum of values", SUM, sum);
    }

    /** Submits one task and takes its value. */
    static void submitOne(ExecutorService executor) throws ExecutionException, InterruptedException {
        int value = executor.submit(NUMBERED[TASKS - 1]).get();
        check("value", TASKS - 1, value);
    }

    /** Hands over a batch of tasks from one thread, then waits until the last has run. */
    static void executeBatch(ExecutorService executor) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(TASKS);
        Runnable task = left::countDown;
        for (int i = 0; i < TASKS; i++) {
            executor.execute(task);
        }
        if (!left.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("Tasks were lost: left=" + left.getCount());
        }
    }

    private static void check(String what, long expected, long actual) {
        if (actual != expected) {
            throw new AssertionError(
                    "Tasks were lost or mixed up: what=" + what + " expected=" + expected + " actual=" + actual);
        }
    }
}
