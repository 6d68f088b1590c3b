package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the contract of executors leaves open of tasks that are invoked together. */
class InvocationTest {

    private static Callable<Integer> value(int value) {
        return () -> value;
    }

    /** When the oldest was waited for first, the caller was woken for one task after the other. */
    @Test
    void whoWaitsIsNotWokenForEachTask() throws Exception {
        int count = 20;
        Callable<Integer> nap = () -> {
            Thread.sleep(2);
            return 0;
        };
        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(1).build()) {
            long before = waits();
            pool.invokeAll(Collections.nCopies(count, nap));
            assertThat(waits() - before).isLessThan(count / 2);
            before = waits();
            pool.invokeAll(Collections.nCopies(count, nap), 1, TimeUnit.MINUTES);
            assertThat(waits() - before).isLessThan(count / 2);
        }
    }

    private static long waits() {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().threadId())
                .getWaitedCount();
    }

    @Test
    void whatWasSubmittedIsCancelledIfTheRestIsRefused() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(1).build()) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            CountDownLatch interrupted = new CountDownLatch(1);
            CountDownLatch running = new CountDownLatch(1);
            tasks.add(() -> {
                running.countDown();
                try {
                    Thread.sleep(TimeUnit.MINUTES.toMillis(1));
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return 0;
            });
            List<Callable<Integer>> endsThePool = new ArrayList<>(tasks) {
                private static final long serialVersionUID = 1;

                @Override
                public java.util.Iterator<Callable<Integer>> iterator() {
                    var all = List.of(tasks.get(0), value(1)).iterator();
                    return new java.util.Iterator<>() {
                        private int given;

                        @Override
                        public boolean hasNext() {
                            return all.hasNext();
                        }

                        @Override
                        public Callable<Integer> next() {
                            if (given++ == 1) {
                                await(running);
                                pool.shutdown();
                            }
                            return all.next();
                        }
                    };
                }
            };
            assertThatThrownBy(() -> pool.invokeAll(endsThePool)).isInstanceOf(RejectedExecutionException.class);
            await(interrupted);
        }
    }

    @Test
    void noTimeIsNoTask() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(1).build()) {
            List<Future<Integer>> futures = pool.invokeAll(List.of(value(1), value(2)), 0, TimeUnit.SECONDS);
            assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
            assertThat(pool.invokeAll(List.of(value(1), value(2)), 1, TimeUnit.MINUTES))
                    .extracting(Future::get)
                    .containsExactly(1, 2);
            assertThat(pool.invokeAll(List.<Callable<Integer>>of())).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
