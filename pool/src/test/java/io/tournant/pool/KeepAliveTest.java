package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tournant.pool.deque.WorkDeque;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    @Test
    void idleThreadsEndButForOne() throws Exception {
        try (WorkStealingPool pool = pool(Duration.ofMillis(20))) {
            for (int round = 0; round < 5; round++) {
                occupyAll(pool);
                await().until(() -> pool.stats().threads() == 1);
            }
        }
    }

    @Test
    void aTaskThatComesJustWhenAThreadEndsIsRun() throws Exception {
        try (WorkStealingPool pool = pool(Duration.ofNanos(100_000))) {
            AtomicInteger runs = new AtomicInteger();
            for (int i = 0; i < 3000; i++) {
                List<Callable<Integer>> calls = List.of(runs::incrementAndGet, runs::incrementAndGet);
                pool.invokeAll(calls);
                long until = System.nanoTime() + i % 300 * 1000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            }
            assertThat(runs).hasValue(6000);
        }
    }

    @Test
    void aPoolWhoseThreadsHaveEndedTerminates() throws Exception {
        WorkStealingPool pool = pool(Duration.ofMillis(1));
        occupyAll(pool);
        await().until(() -> pool.stats().threads() == 1);
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aWorkerThatSleepsForLongGivesAGrownArrayBack() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder()
                .parallelism(1)
                .keepAlive(Duration.ofMillis(50))
                .build()) {
            Future<Worker> growing = pool.submit(() -> {
                for (int i = 0; i < 1000; i++) {
                    pool.execute(() -> {});
                }
                assertThat(pool.currentWorker().deque().isGrown()).isTrue();
                return pool.currentWorker();
            });
            WorkDeque deque = growing.get().deque();
            await().until(() -> !deque.isGrown());
            assertThat(pool.stats().executed()).isEqualTo(1001);
        }
    }

    private static void occupyAll(WorkStealingPool pool) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(4);
        List<Callable<Void>> meeting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            meeting.add(() -> {
                all.countDown();
                all.await();
                return null;
            });
        }
        for (Future<Void> future : pool.invokeAll(meeting)) {
            assertThat(future.isDone()).isTrue();
        }
    }

    private static WorkStealingPool pool(Duration keepAlive) {
        return WorkStealingPool.builder().parallelism(4).keepAlive(keepAlive).build();
    }
}
