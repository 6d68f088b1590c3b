package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.core.TaskHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What core promises of failures, executors and threads that nobody cares for any more; the log tells. */
@Timeout(60)
class ForgottenTest {

    private static List<String> awaitLines(String text, int count) throws InterruptedException {
        Poll.until("log: " + text, () -> {
            System.gc();
            return CapturedLog.linesWith(text).size() >= count;
        });
        return CapturedLog.linesWith(text);
    }

    @Test
    @DisplayName("DESIGN 4: \"A failure nobody looked at is logged once.\"")
    void anUnseenFailureIsLoggedOnce() throws Exception {
        String name = "unseen-" + UUID.randomUUID();
        String seen = "seen-" + UUID.randomUUID();
        try (TaskExecutor executor = TaskExecutors.platform(1)) {
            fail(executor, name).termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
            TaskHandle<Object> looked = fail(executor, seen);
            looked.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(looked.exceptionNow()).hasMessage("on purpose");
        }
        assertThat(awaitLines(name, 1)).hasSize(1).allMatch(line -> line.startsWith("WARN"));
        String later = "later-" + UUID.randomUUID(); // whatever was collected with the first is known when this is
        try (TaskExecutor executor = TaskExecutors.platform(1)) {
            fail(executor, later).termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        awaitLines(later, 1);
        assertThat(CapturedLog.linesWith(name)).hasSize(1);
        assertThat(CapturedLog.linesWith(seen)).isEmpty();
    }

    private static TaskHandle<Object> fail(TaskExecutor executor, String name) {
        return executor.with(o -> o.name(name)).submit(() -> {
            throw new IllegalStateException("on purpose");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("FAULTS 57: \"executor garbage without close -> Cleaner warns and reaps\", if it may")
    void aForgottenExecutorIsReaped(boolean reaped) throws Exception {
        String name = "forgotten-" + UUID.randomUUID();
        IsolatingBackend backend = new IsolatingBackend(1);
        use(name, backend, reaped);
        if (reaped) {
            assertThat(awaitLines(name, 1)).hasSize(1).allMatch(line -> line.startsWith("WARN"));
            backend.gone().get(20, TimeUnit.SECONDS);
            return;
        }
        String other = "forgotten-" + UUID.randomUUID();
        use(other, new IsolatingBackend(1), true);
        awaitLines(other, 1);
        assertThat(CapturedLog.linesWith(name)).isEmpty();
        assertThat(backend.gone()).isNotDone();
        backend.close();
    }

    private static void use(String name, IsolatingBackend backend, boolean reaped) throws Exception {
        TaskExecutor executor = TaskExecutors.over(name, backend, o -> o.reaped(reaped));
        assertThat(executor.submit(() -> "value").get(20, TimeUnit.SECONDS)).isEqualTo("value");
    }

    @Test
    @DisplayName("DESIGN 4: a forgotten executor is reaped \"without dropping accepted tasks\"")
    void aForgottenExecutorFinishesItsTasksFirst(@TempDir Path directory) throws Exception {
        Signal started = new Signal(directory.resolve("started").toString());
        Signal release = new Signal(directory.resolve("release").toString());
        String name = "forgotten-" + UUID.randomUUID();
        IsolatingBackend backend = new IsolatingBackend(1);
        Queue<TaskHandle<String>> handle = new ArrayDeque<>();
        handle.add(TaskExecutors.over(name, backend).submit(() -> started.hold(release)));
        started.await();
        String other = "forgotten-" + UUID.randomUUID();
        use(other, new IsolatingBackend(1), true);
        awaitLines(other, 1);
        assertThat(CapturedLog.linesWith(name)).isEmpty();
        assertThat(backend.gone()).isNotDone();
        release.raise();
        assertThat(handle.remove().get(20, TimeUnit.SECONDS)) // it refers to the executor
                .isEqualTo("released");
        awaitLines(name, 1);
    }

    @Test
    @DisplayName(
            "DESIGN 4: a thread whose task ignores its interrupt is \"replaced, up to a limit, so that capacity is kept\"")
    void aFixedPoolKeepsItsCapacity() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TaskExecutor executor = TaskExecutors.platform(1)) {
            TaskHandle<?> stubborn = executor.with(o -> o.cancelGrace(Duration.ofMillis(20)))
                    .submit(() -> {
                        started.countDown();
                        Poll.untilIgnoringInterrupts("release", () -> release.getCount() == 0, Poll.patience());
                    });
            started.await();
            stubborn.cancel(true);
            assertThat(executor.submit(() -> "next").get(20, TimeUnit.SECONDS)).isEqualTo("next");
            assertThat(stubborn.termination()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .abandoned())
                    .isTrue();
            release.countDown();
        }
    }
}
