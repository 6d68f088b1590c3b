package io.tournant.pool;

import static io.tournant.pool.WorkStealingPoolTest.occupy;
import static io.tournant.pool.WorkStealingPoolTest.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifeCycleTest {

    @Test
    void shutdownRunsWhatWasAcceptedAndRefusesTheRest() throws Exception {
        WorkStealingPool pool = pool(1);
        CountDownLatch release = occupy(pool, 1);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            pool.execute(ran::incrementAndGet);
        }

        pool.shutdown();

        assertThat(pool.isShutdown()).isTrue();
        assertThat(pool.isTerminated()).isFalse();
        assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);

        release.countDown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(ran).hasValue(10);
    }

    @Test
    void theRefusalNamesThePoolItsStateAndTheTaskAndSaysWhatToDo() {
        WorkStealingPool pool = pool(1);
        pool.close();

        assertThatThrownBy(() -> pool.execute(new Nothing()))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("The pool takes no more tasks. pool=test state=TERMINATED task=" + Nothing.class.getName()
                        + ". Submit before the pool is shut down or closed, or use another one.");
    }

    private record Nothing() implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void aTaskOfTheSamePoolIsRefusedToo() throws Exception {
        WorkStealingPool pool = pool(1);
        CountDownLatch shutDown = new CountDownLatch(1);
        Future<Boolean> refused = pool.submit(() -> {
            shutDown.await();
            try {
                pool.execute(() -> {});
                return false;
            } catch (RejectedExecutionException expected) {
                return true;
            }
        });
        pool.shutdown();
        shutDown.countDown();
        assertThat(refused.get()).isTrue();
    }

    @Test
    void shutdownNowReturnsWhatNeverStartedAndInterruptsWhatRuns() throws Exception {
        WorkStealingPool pool = pool(2);
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                }
            });
        }
        started.await();
        List<Runnable> queued = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Runnable task = new Nothing();
            queued.add(task);
            pool.execute(task);
        }

        assertThat(pool.shutdownNow())
                .usingElementComparator(LifeCycleTest::byIdentity)
                .isEqualTo(queued);

        interrupted.await();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.shutdownNow()).isEmpty();
    }

    @SuppressWarnings("ReferenceEquality") // the very objects
    private static int byIdentity(Runnable one, Runnable other) {
        return one == other ? 0 : 1;
    }

    @Test
    void shutdownNowReturnsWhatATaskHadSubmitted() throws Exception {
        WorkStealingPool pool = pool(1);
        CountDownLatch submitted = new CountDownLatch(1);
        pool.execute(() -> {
            for (int i = 0; i < 300; i++) {
                pool.execute(() -> {});
            }
            submitted.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                // What the test waits for.
            }
        });
        submitted.await();

        assertThat(pool.shutdownNow()).hasSize(300);
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shutdownNowAfterShutdownReturnsTheRest() throws Exception {
        WorkStealingPool pool = pool(1);
        CountDownLatch release = occupy(pool, 1);
        pool.execute(() -> {});
        pool.shutdown();

        assertThat(pool.shutdownNow()).hasSize(1);

        release.countDown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closeWaitsForTheTasksThatWereAccepted() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (WorkStealingPool pool = pool(3)) {
            for (int i = 0; i < 1000; i++) {
                pool.execute(() -> pool.isShutdown());
                pool.execute(ran::incrementAndGet);
            }
        }
        assertThat(ran).hasValue(1000);
    }

    @Test
    void aPoolThatWasNeverUsedEndsAtOnce() {
        WorkStealingPool pool = pool(4);
        pool.close();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void closedPoolsLeaveNoThread() {
        for (int i = 0; i < 200; i++) {
            WorkStealingPool pool = WorkStealingPool.builder()
                    .parallelism(1 + i % 4)
                    .name("counted")
                    .build();
            for (int j = 0; j < i % 8; j++) {
                pool.execute(() -> {});
            }
            pool.close();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> countThreads("tournant-counted-") == 0);
    }

    private static long countThreads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    @Test
    void aThousandPoolsLeaveNoThread() throws Exception {
        for (int i = 0; i < 1000; i++) {
            try (WorkStealingPool pool =
                    WorkStealingPool.builder().name("many").parallelism(2).build()) {
                CountDownLatch spareNeeded = new CountDownLatch(1);
                Future<?> waits = pool.submit(() -> WorkStealingPool.<Object, InterruptedException>blocking(() -> {
                    pool.execute(spareNeeded::countDown);
                    spareNeeded.await();
                    return "done";
                }));
                assertThat(waits.get()).isNotNull();
            }
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("tournant-many-")));
    }
}
