package io.tournant.pool;

import static io.tournant.pool.WorkStealingPoolTest.occupy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What happens when the system has no thread to give. */
class ThreadStartTest {

    private final OutOfMemoryError noThread = new OutOfMemoryError("thrown by the test");

    @Test
    void aPoolWhoseFirstThreadCannotBeStartedIsNotBuilt() {
        assertThatThrownBy(() -> WorkStealingPool.builder().build(thread -> {
                    throw noThread;
                }))
                .isSameAs(noThread);
    }

    @Test
    void theOtherWorkersRunTheTasksUntilThreadsCanBeStartedAgain() throws Exception {
        AtomicInteger left = new AtomicInteger(1);
        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(4).build(thread -> {
            if (left.getAndDecrement() <= 0) {
                throw noThread;
            }
            thread.start();
        })) {
            for (int i = 0; i < 1000; i++) {
                CountDownLatch done = new CountDownLatch(2);
                pool.execute(() -> {
                    pool.execute(done::countDown);
                    done.countDown();
                });
                done.await();
            }
            assertThat(pool.stats().threads()).isEqualTo(1);

            left.set(3);
            CountDownLatch release = occupy(pool, 4);
            assertThat(pool.stats().threads()).isEqualTo(4);
            release.countDown();
        }
    }

    /** While the second worker fails to start it counts as searching, so that the late task's signal wakes nobody. */
    @Test
    void aWorkerThatParkedMeanwhileIsWokenInPlaceOfOneThatCannotBeStarted() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicReference<Runnable> beforeFailure = new AtomicReference<>(() -> {});
        CountDownLatch late = new CountDownLatch(1);
        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(2).build(thread -> {
            if (first.getAndSet(false)) {
                thread.start();
            } else {
                beforeFailure.getAndSet(() -> {}).run();
                throw noThread;
            }
        })) {
            CountDownLatch release = occupy(pool, 1);
            long parks = pool.stats().parks();
            beforeFailure.set(() -> {
                release.countDown();
                await().until(() -> pool.stats().parks() > parks && pool.stats().searching() == 1);
                pool.execute(late::countDown);
            });
            pool.execute(() -> {});
            late.await();
        }
    }
}
