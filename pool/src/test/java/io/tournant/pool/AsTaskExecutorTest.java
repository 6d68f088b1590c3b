package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.core.RejectedTaskException;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool and core's executor in front of it, used side by side. */
@Timeout(30)
final class AsTaskExecutorTest {

    private final WorkStealingPool pool =
            WorkStealingPool.builder().parallelism(1).build();
    private final TaskExecutor executor = pool.asTaskExecutor();

    @Test
    void closingTheExecutorClosesThePool() throws Exception {
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
        executor.close();
        assertThat(pool.isTerminated()).isTrue();
    }

    /** Handles used to wait for ever. */
    @Test
    void stoppingThePoolEndsWhatTheExecutorHadAccepted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TaskHandle<?> running = executor.submit(() -> {
            started.countDown();
            release.await();
            return 1;
        });
        started.await();
        TaskHandle<Integer> queued = executor.submit(() -> 1);
        assertThat(pool.shutdownNow()).hasSize(1);
        assertThatThrownBy(() -> queued.get(10, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
        assertThat(queued.isDone()).isTrue();
        release.countDown();
        assertThatThrownBy(() -> executor.submit(() -> 1))
                .isInstanceOfSatisfying(RejectedTaskException.class, e -> assertThat(e.reason())
                        .isEqualTo(RejectedTaskException.Reason.SHUTDOWN));
        executor.close();
        assertThat(running.isDone()).isTrue();
    }

    @Test
    void whatTheExecutorDrainsLeavesThePoolsOwnTasksAlone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        pool.execute(() -> {
            started.countDown();
            awaitQuietly(release);
        });
        started.await();
        TaskHandle<Integer> queued = executor.submit(() -> 1);
        pool.execute(ran::countDown);
        assertThat(executor.shutdownNow()).hasSize(1);
        assertThat(queued.isCancelled()).isTrue();
        release.countDown();
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        executor.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
