package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tournant.core.RejectionPolicy;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was wrong once, and is not to be again. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // forks
class PoolRegressionTest {

    /** Adds up one for each of its parts, whose number is a power of two. */
    private static final class Parts extends ForkTask<Integer> {
        private final int number;

        Parts(int number) {
            this.number = number;
        }

        @Override
        protected Integer compute() {
            if (number == 1) {
                return 1;
            }
            Parts left = new Parts(number / 2);
            left.fork();
            return new Parts(number / 2).invoke() + left.join();
        }
    }

    /** Takes so long that it is stolen, and joined while it runs. */
    private static final class Busy extends ForkTask<Integer> {
        @Override
        protected Integer compute() {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 1_000_000) {
                Thread.onSpinWait();
            }
            return 1;
        }
    }

    private static final class Opening extends ForkAction {
        private final CountDownLatch latch;

        Opening(CountDownLatch latch) {
            this.latch = latch;
        }

        @Override
        protected void compute() {
            latch.countDown();
        }
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this", e);
        }
    }

    @Test
    void aTaskOfOnePoolMayJoinWhatAnotherRuns() throws Exception {
        try (WorkStealingPool one = WorkStealingPool.builder().parallelism(1).build();
                WorkStealingPool other =
                        WorkStealingPool.builder().parallelism(4).build()) {
            for (int round = 0; round < 100; round++) {
                Future<Integer> sum = one.submit(() -> {
                    List<Busy> tasks =
                            IntStream.range(0, 8).mapToObj(i -> new Busy()).toList();
                    tasks.forEach(other::submit);
                    return tasks.stream().mapToInt(Forked::join).sum();
                });
                assertThat(sum.get()).isEqualTo(8);
            }
        }
    }

    @Test
    void whatIsForkedAfterShutdownRunsOnOtherWorkersToo() throws Exception {
        try (WorkStealingPool pool =
                WorkStealingPool.builder().parallelism(2).spareLimit(0).build()) {
            CountDownLatch shut = new CountDownLatch(1);
            Future<Boolean> root = pool.submit(() -> {
                awaitQuietly(shut);
                CountDownLatch forked = new CountDownLatch(1);
                new Opening(forked).fork();
                return awaitQuietly(forked); // for which there is only the other worker
            });
            pool.shutdown();
            shut.countDown();
            assertThat(root.get()).isTrue();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsForkedInAStoppedPoolIsRunByWhoForkedIt() throws Exception {
        WorkStealingPool pool = WorkStealingPool.builder().parallelism(1).build();
        CountDownLatch last = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        ForkAction forking = new ForkAction() {
            @Override
            protected void compute() {
                new Opening(last).fork();
            }
        };
        pool.execute(() -> {
            started.countDown();
            while (stopped.getCount() > 0) {
                Thread.onSpinWait();
            }
            forking.fork();
        });
        started.await();
        assertThat(pool.shutdownNow()).isEmpty();
        stopped.countDown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(last.getCount()).isZero();
    }

    @Test
    void sparesWithoutThreadsAreThereAfterShutdown() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder()
                .parallelism(1)
                .spareLimit(1)
                .keepAlive(Duration.ofMillis(1))
                .build()) {
            Callable<Boolean> needsASpare = () -> {
                CountDownLatch opened = new CountDownLatch(1);
                pool.execute(opened::countDown);
                return WorkStealingPool.blocking(() -> awaitQuietly(opened));
            };
            assertThat(pool.submit(needsASpare).get()).isTrue();
            while (pool.stats().threads() > 1) {
                Thread.onSpinWait();
            }
            CountDownLatch opened = new CountDownLatch(1);
            CountDownLatch shut = new CountDownLatch(1);
            Future<Boolean> blocked = pool.submit(() -> {
                awaitQuietly(shut);
                return WorkStealingPool.blocking(() -> awaitQuietly(opened));
            });
            pool.execute(opened::countDown);
            pool.shutdown();
            shut.countDown();
            assertThat(blocked.get()).isTrue();
        }
    }

    @Test
    void shutdownAndShutdownNowOfABoundedPoolMayMeet() throws Exception {
        for (int round = 0; round < 300; round++) {
            WorkStealingPool pool = WorkStealingPool.builder()
                    .parallelism(1)
                    .queueCapacity(1, new RejectionPolicy.Abort())
                    .build();
            CyclicBarrier start = new CyclicBarrier(2);
            try (WorkStealingPool callers =
                    WorkStealingPool.builder().parallelism(2).build()) {
                Future<?> orderly = callers.submit(() -> {
                    start.await();
                    pool.shutdown();
                    return null;
                });
                Future<?> now = callers.submit(() -> {
                    start.await();
                    return pool.shutdownNow();
                });
                orderly.get();
                now.get();
            }
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aFutureThatItsWaiterHasRunIsNotLeftInTheDeque() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(1).build()) {
            long queued = pool.submit(() -> {
                        assertThat(pool.submit(() -> 1).get()).isOne();
                        pool.invokeAll(List.of(() -> 1, () -> 2, () -> 3));
                        return pool.stats().queued();
                    })
                    .get();
            assertThat(queued).isZero();
        }
    }

    @Test
    void theInterruptOfATaskDoesNotReachTheOneThatRunsItWhileItWaits() throws Exception {
        try (WorkStealingPool pool =
                WorkStealingPool.builder().parallelism(1).spareLimit(0).build()) {
            AtomicReference<Future<?>> inner = new AtomicReference<>();
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            Future<Boolean> outer = pool.submit(() -> {
                Future<?> future = pool.submit(() -> {
                    started.countDown();
                    while (cancelled.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                });
                inner.set(future);
                assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
                return Thread.currentThread().isInterrupted();
            });
            started.await();
            assertThat(inner.get().cancel(true)).isTrue();
            cancelled.countDown();
            assertThat(outer.get()).isFalse();
        }
    }

    @Test
    void anExecutorOverThePoolLeavesTheForksOfOthersAlone() throws Exception {
        for (int round = 0; round < 100; round++) {
            try (WorkStealingPool pool =
                    WorkStealingPool.builder().parallelism(1 + round % 2).build()) {
                Parts task = new Parts(1 << 14);
                pool.submit(task);
                pool.asTaskExecutor().shutdownNow();
                assertThat(task.get()).isEqualTo(1 << 14);
            }
        }
    }

    @Test
    void aComputationThatForksIsRefusedInsteadOfBeingRunByItsSubmitter() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder()
                .parallelism(1)
                .spareLimit(0)
                .queueCapacity(1, new RejectionPolicy.CallerRuns())
                .build()) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            pool.execute(() -> {
                started.countDown();
                awaitQuietly(release);
            });
            started.await();
            AtomicInteger runs = new AtomicInteger();
            pool.execute(runs::incrementAndGet);
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.submit(new Parts(4)));
            assertThat(runs).hasValue(0);
            pool.execute(runs::incrementAndGet);
            assertThat(runs).as("run by its submitter").hasValue(1);
            release.countDown();
        }
    }

    @Test
    void optionsAreCheckedWhenTheyAreGiven() {
        assertThatNullPointerException()
                .isThrownBy(() -> WorkStealingPool.builder().queueCapacity(1, null));
        WorkStealingPool.builder()
                .keepAlive(ChronoUnit.FOREVER.getDuration())
                .build()
                .close();
    }
}
