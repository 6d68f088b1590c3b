package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void workersThatAllWaitForAQueuedTaskAreRescued(int parallelism) throws Exception {
        try (WorkStealingPool pool = pool(parallelism)) {
            CountDownLatch latch = new CountDownLatch(1);
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                waiting.add(pool.submit(() -> {
                    latch.await();
                    return null;
                }));
            }
            await().until(() -> pool.stats().queued() == 0);
            pool.execute(latch::countDown);
            for (Future<?> future : waiting) {
                future.get(1, TimeUnit.MINUTES);
            }
            assertThat(pool.stats().compensations()).isPositive();
        }
    }

    @Test
    void announcedBlockingIsCompensatedAtOnce() throws Exception {
        try (WorkStealingPool pool = pool(1)) {
            CountDownLatch latch = new CountDownLatch(1);
            Future<String> future = pool.submit(() -> {
                pool.execute(latch::countDown);
                return WorkStealingPool.blocking(() -> {
                    latch.await();
                    return "done";
                });
            });
            assertThat(future.get()).isEqualTo("done");
            assertThat(pool.stats().compensations()).isEqualTo(1);
        }
    }

    @Test
    void outsideOfAPoolBlockingJustCalls() {
        assertThat(WorkStealingPool.<String, RuntimeException>blocking(() -> "done"))
                .isEqualTo("done");
    }

    @Test
    void nestedSubmissionsThatAreWaitedForDoNotStarve() throws Exception {
        try (WorkStealingPool pool = pool(2)) {
            List<Callable<Integer>> outer = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                outer.add(
                        () -> pool.submit(() -> pool.submit(() -> 1).get() + 1).get() + 1);
            }
            for (Future<Integer> future : pool.invokeAll(outer)) {
                assertThat(future.get()).isEqualTo(3);
            }
        }
    }

    @Test
    void sparesRetireWhenNobodyIsBlockedAnyMore() throws Exception {
        WorkStealingPool.Builder builder = WorkStealingPool.builder().parallelism(2);
        try (WorkStealingPool pool = builder.keepAlive(Duration.ofMillis(50)).build()) {
            CountDownLatch all = new CountDownLatch(10);
            List<Callable<Void>> meeting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                meeting.add(() -> {
                    all.countDown();
                    all.await();
                    return null;
                });
            }
            for (Future<Void> future : pool.invokeAll(meeting)) {
                future.get();
            }
            await().until(() -> pool.stats().threads() <= 2);
        }
    }

    @Test
    void beyondTheLimitOfSparesTasksWaitAndNothingIsThrown() throws Exception {
        WorkStealingPool.Builder builder = WorkStealingPool.builder().parallelism(1);
        try (WorkStealingPool pool = builder.spareLimit(1).build()) {
            CountDownLatch latch = new CountDownLatch(1);
            Callable<Void> wait = () -> WorkStealingPool.blocking(() -> {
                latch.await();
                return null;
            });
            List<Future<Void>> waiting = List.of(pool.submit(wait), pool.submit(wait), pool.submit(wait));
            await().until(() -> pool.stats().queued() == 1);
            latch.countDown();
            for (Future<Void> future : waiting) {
                future.get();
            }
        }
    }

    private static WorkStealingPool pool(int parallelism) {
        return WorkStealingPool.builder().parallelism(parallelism).build();
    }
}
