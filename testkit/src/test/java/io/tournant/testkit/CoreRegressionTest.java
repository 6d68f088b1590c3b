package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.core.RetryPolicy;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.core.TaskHandle;
import io.tournant.core.spi.BackendConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was broken once in core. */
@Timeout(60)
final class CoreRegressionTest {

    private final TaskExecutor executor = TaskExecutors.platform(2);
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        executor.close(Duration.ofSeconds(10));
    }

    /** The callbacks of one timeout used to run on the only thread of the clock. */
    @Test
    void aCallbackThatWaitsDelaysNoOtherTimeout() throws Exception {
        TaskHandle<Void> first = sleeper(Duration.ofMillis(50));
        TaskHandle<Void> second = sleeper(Duration.ofMillis(200));
        CompletableFuture<Void> waiting = first.toCompletableFuture().handle((value, failure) -> {
            assertThatThrownBy(second::get).isInstanceOf(ExecutionException.class);
            return null;
        });
        waiting.get(20, TimeUnit.SECONDS);
    }

    private TaskHandle<Void> sleeper(Duration timeout) {
        return executor.with(o -> o.timeout(timeout)).submit(() -> {
            never.await();
            return null;
        });
    }

    /** cancel(false) used to switch off the timeout and every later cancellation. */
    @Test
    void aTaskCancelledWithoutInterruptionIsInterruptedByItsTimeoutOrALaterCancellation() throws Exception {
        TaskHandle<Void> timed = sleeper(Duration.ofMillis(200));
        TaskHandle<Void> untimed = sleeper(Duration.ofHours(1));
        while (timed.placement().isEmpty() || untimed.placement().isEmpty()) {
            Thread.onSpinWait();
        }
        timed.cancel(false);
        untimed.cancel(false);
        assertThat(untimed.cancel(true)).isFalse();
        timed.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
        untimed.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** It used to wait for the threads to go, not for the tasks. */
    @Test
    void closingWithoutGraceTellsThatEveryTaskHadEnded() throws Exception {
        executor.submit(() -> 1).get();
        executor.submit(() -> 1).termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
        while (executor.stats().succeeded() < 2) {
            Thread.onSpinWait();
        }
        assertThat(executor.close(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void closingForATimeFromATaskDoesNotWait() throws Exception {
        TaskHandle<Boolean> handle = executor.submit(() -> executor.close(Duration.ofHours(1)));
        assertThat(handle.get(20, TimeUnit.SECONDS)).isFalse();
    }

    /** Removal used to go by equality. */
    @Test
    void eachRegistrationOfOneCallbackIsRemovedByItself() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch registered = new CountDownLatch(1);
        Runnable callback = calls::incrementAndGet;
        TaskHandle<Void> handle = executor.submit(() -> {
            TaskContext.Registration first = TaskContext.current().onCancel(callback);
            TaskContext.current().onCancel(callback);
            first.close();
            first.close();
            registered.countDown();
            never.await();
            return null;
        });
        registered.await();
        handle.cancel(true);
        assertThat(calls).hasValue(1);
    }

    /** An exception that cannot be asked for its message used to come out of get itself. */
    @Test
    void getWrapsAnExceptionThatThrowsWhenAsked() {
        TaskHandle<Void> handle = executor.submit(() -> {
            throw new RuntimeException() {
                @Override
                public String getMessage() {
                    throw new IllegalStateException("on purpose");
                }
            };
        });
        assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void keysKeepTheirOrder() {
        assertThat(BackendConfig.parse("x?zeta=1&b=2&yy=3&a=4").values().keySet())
                .containsExactly("zeta", "b", "yy", "a");
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void anExecutorNeedsANameAndABackend() {
        assertThatNullPointerException().isThrownBy(() -> TaskExecutors.over(null, null));
        assertThatNullPointerException().isThrownBy(() -> TaskExecutors.over("x", null));
    }

    /** Those who waited helped at the beginning of a pause, when there was nothing to do, and then kept every thread. */
    @Test
    void aTaskThatIsTriedAgainDoesNotNeedAThreadOfThoseWhoWaitForIt() throws Exception {
        RetryPolicy policy = RetryPolicy.ofDefaults().pause(Duration.ofMillis(200), Duration.ofMillis(200));
        try (TaskExecutor executor = TaskExecutors.platform(1)) {
            TaskHandle<Integer> waiting = executor.submit(() -> {
                TaskExecutor own = TaskContext.current().executor().with(o -> o.retry(policy));
                return own.submit(() -> {
                            int attempt = TaskContext.current().attempt();
                            if (attempt < 3) {
                                throw new IllegalStateException("on purpose");
                            }
                            return attempt;
                        })
                        .get();
            });
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(3);
        }
    }
}
