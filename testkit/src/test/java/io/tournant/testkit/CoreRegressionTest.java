package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.RetryPolicy;
import io.tournant.core.Task;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskListener;
import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.BackendConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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

    /**
     * Whoever left a task that had run out of time used to yield until it was interrupted, for ever if whoever had the lock of
     * the clock waited for a carrier behind all that yielded: then no virtual thread of the JVM went on.
     */
    @Test
    void manyTimeoutsOfVirtualThreadsStopNobody() throws Exception {
        for (int round = 0; round < 5; round++) {
            TaskExecutor virtual = TaskExecutors.virtual();
            TaskExecutor timed = virtual.with(o -> o.timeout(Duration.ofMillis(1)));
            for (int i = 0; i < 3_000; i++) {
                TaskHandle<Integer> _ = timed.submit(() -> {
                    Thread.sleep(3);
                    return 1;
                });
            }
            virtual.shutdown();
            assertThat(virtual.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
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

    /** Helping stopped at the first that ended, though it had failed. */
    @Test
    void invokeAnyWithinATaskGoesOnAfterAFailure() throws Exception {
        try (TaskExecutor executor = TaskExecutors.platform(1)) {
            Task<Integer> fails = () -> {
                throw new IllegalStateException("on purpose");
            };
            Task<Integer> succeeds = () -> 2;
            TaskHandle<Integer> handle =
                    executor.submit(() -> TaskContext.current().executor().invokeAny(List.of(fails, succeeds)));
            assertThat(handle.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    /** A listener was not known to run where a task ends. */
    @Test
    void aListenerMayCloseTheExecutor() throws Exception {
        AtomicReference<TaskExecutor> executor = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        executor.set(TaskExecutors.platform(
                1,
                options -> options.listener(new TaskListener() {
                    @Override
                    public void completed(TaskHandle<?> task, TaskOutcome<?> outcome) {
                        executor.get().close();
                        closed.countDown();
                    }
                })));
        executor.get().execute(() -> {});
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.get().awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** The end of the task came between its attempt and its pause, and the executor waited for a pause without end. */
    @Test
    void aListenerMayCancelATaskThatIsToBeTriedAgain() throws Exception {
        RetryPolicy policy = RetryPolicy.ofDefaults().pause(Duration.ofHours(1), Duration.ofHours(1));
        for (String spec : List.of("platform?threads=1", "virtual", "direct")) {
            try (TaskExecutor executor = open(
                    spec,
                    options -> options.listener(new TaskListener() {
                        @Override
                        public void retried(TaskHandle<?> task, int attempt, Throwable cause, Duration pause) {
                            task.cancel(true);
                        }
                    }))) {
                TaskHandle<?> handle = executor.with(o -> o.retry(policy)).submit(() -> {
                    throw new IllegalStateException("on purpose");
                });
                executor.shutdown();
                assertThat(executor.awaitTermination(30, TimeUnit.SECONDS))
                        .as(spec)
                        .isTrue();
                assertThat(handle.isCancelled()).isTrue();
            }
        }
    }

    private static TaskExecutor open(String spec, Consumer<ExecutorOptions.Builder> options) {
        return switch (spec) {
            case "virtual" -> TaskExecutors.virtual(options);
            case "direct" -> TaskExecutors.direct(options);
            default -> TaskExecutors.platform(1, options);
        };
    }

    /** The interrupt of the task that waited hit the task that it ran meanwhile. */
    @Test
    void cancellingATaskThatWaitsDoesNotInterruptTheOneThatItRuns() throws Exception {
        try (TaskExecutor executor = TaskExecutors.platform(1)) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            AtomicReference<TaskHandle<String>> inner = new AtomicReference<>();
            TaskHandle<String> outer = executor.submit(() -> {
                inner.set(TaskContext.current().executor().submit(() -> {
                    running.countDown();
                    release.await();
                    return "not disturbed";
                }));
                return inner.get().get();
            });
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(outer.cancel(true)).isTrue();
            release.countDown();
            assertThat(inner.get().get(30, TimeUnit.SECONDS)).isEqualTo("not disturbed");
        }
    }
}
