package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tournant.core.RejectionPolicy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BoundTest {

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void aFullPoolRefusesAndSaysWhatToDo() throws Exception {
        try (WorkStealingPool pool = fullPool(RejectionPolicy.abort())) {
            assertThatThrownBy(() -> pool.execute(runs::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("queueCapacity=2")
                    .hasMessageContaining("raise the capacity");
            release.countDown();
            await().until(() -> pool.stats().queued() == 0);
            pool.execute(runs::incrementAndGet);
        }
        assertThat(runs).hasValue(3);
    }

    @Test
    void theCallerRunsWhatDoesNotFit() throws Exception {
        try (WorkStealingPool pool = fullPool(RejectionPolicy.callerRuns())) {
            AtomicReference<Thread> runner = new AtomicReference<>();
            pool.execute(() -> runner.set(Thread.currentThread()));
            assertThat(runner).hasValue(Thread.currentThread());
            release.countDown();
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    void aSubmitterWaitsForRoom() throws Exception {
        try (WorkStealingPool pool = fullPool(RejectionPolicy.block(Duration.ofMinutes(1)))) {
            Thread submitter = Thread.ofPlatform().start(() -> pool.execute(runs::incrementAndGet));
            await().until(() -> submitter.getState() == Thread.State.TIMED_WAITING);
            release.countDown();
            submitter.join();
        }
        assertThat(runs).hasValue(3);
    }

    @Test
    void aSubmitterWaitsNoLongerThanThePolicySaysOrUntilItIsInterrupted() throws Exception {
        try (WorkStealingPool pool = fullPool(RejectionPolicy.block(Duration.ofMillis(1)))) {
            assertThatThrownBy(() -> pool.execute(runs::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.execute(runs::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThat(Thread.interrupted()).isTrue();
            release.countDown();
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    void aShutdownEndsTheWaitForRoom() throws Exception {
        WorkStealingPool pool = fullPool(RejectionPolicy.block(Duration.ofMinutes(1)));
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Thread submitter = Thread.ofPlatform().start(() -> {
            try {
                pool.execute(runs::incrementAndGet);
            } catch (RejectedExecutionException e) {
                refused.set(e);
            }
        });
        await().until(() -> submitter.getState() == Thread.State.TIMED_WAITING);
        pool.shutdown();
        submitter.join();
        assertThat(refused.get()).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.shutdownNow()).hasSize(2);
        release.countDown();
        pool.close();
        assertThat(runs).hasValue(0);
    }

    @Test
    void whatTasksOfThePoolSubmitIsNotBounded() throws Exception {
        WorkStealingPool.Builder builder = WorkStealingPool.builder().parallelism(1);
        try (WorkStealingPool pool =
                builder.queueCapacity(1, RejectionPolicy.abort()).build()) {
            pool.submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            pool.execute(runs::incrementAndGet);
                        }
                    })
                    .get();
        }
        assertThat(runs).hasValue(100);
    }

    /** One task that holds the only worker, and two that wait. */
    private WorkStealingPool fullPool(RejectionPolicy policy) throws InterruptedException {
        WorkStealingPool pool = WorkStealingPool.builder()
                .parallelism(1)
                .spareLimit(0)
                .queueCapacity(2, policy)
                .build();
        CountDownLatch begun = new CountDownLatch(1);
        pool.execute(() -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                return;
            }
        });
        begun.await();
        pool.execute(runs::incrementAndGet);
        pool.execute(runs::incrementAndGet);
        return pool;
    }
}
