package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.core.TaskHandle;
import io.tournant.core.Termination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code close()} and {@code close(Duration)} promise. */
public abstract class CloseContract extends LifecycleContract {

    private static final Duration SHORT = Duration.ofMillis(50);

    /** For subclasses. */
    protected CloseContract() {}

    @Test
    @DisplayName("ExecutorService.close: \"waits until all tasks have completed execution and the executor has "
            + "terminated\"")
    void closeWaitsForTheTasks() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> running = executor().submit(() -> started.hold(release));
        started.await();
        TaskHandle<String> second = executor().submit(() -> "second");
        Future<Boolean> closer = beside(() -> {
            executor().close();
            return running.isDone();
        });
        Poll.until("shutdown", () -> executor().isShutdown());
        assertThat(executor().isTerminated()).isFalse();
        assertThat(closer).isNotDone();
        release.raise();
        assertThat(get(closer)).isTrue();
        assertThat(executor().isTerminated()).isTrue();
        assertThat(running.resultNow()).isEqualTo("released");
        assertThat(second.resultNow()).isEqualTo("second");
    }

    @Test
    @DisplayName("ExecutorService.close: \"If interrupted while waiting, this method stops all executing tasks as "
            + "if by invoking shutdownNow(). … The interrupt status will be re-asserted before this method "
            + "returns.\"")
    void interruptedCloseCancelsAndKeepsTheFlag() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        Signal interrupted = signal("interrupted");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release, interrupted));
        started.await();
        Thread.currentThread().interrupt();
        executor().close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.isRaised()).isTrue();
        assertThat(executor().isTerminated()).isTrue();
        assertThat(handle.isCancelled()).isTrue();
    }

    @Test
    @DisplayName("ExecutorService.close: \"If already terminated, invoking this method has no effect.\" (FAULTS 50: "
            + "twice)")
    void closeTwiceIsClosed() throws Exception {
        get(executor().submit(() -> "value"));
        executor().close();
        executor().close();
        assertThat(executor().close(Duration.ZERO)).isTrue();
        assertThat(executor().isTerminated()).isTrue();
    }

    @Test
    @DisplayName("FAULTS 50: close concurrently: each returns when the tasks have ended")
    void concurrentClosesAllWait() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        List<Future<Boolean>> closers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            closers.add(beside(() -> {
                executor().close();
                return handle.isDone() && executor().isTerminated();
            }));
        }
        Poll.until("shutdown", () -> executor().isShutdown());
        release.raise();
        for (Future<Boolean> closer : closers) {
            assertThat(get(closer)).isTrue();
        }
    }

    @Test
    @DisplayName("TaskExecutor.close: \"Called from a task of this executor it shuts down and does not wait\" "
            + "(FAULTS 50)")
    void closeFromATaskReturns() throws Exception {
        assumeSharesMemory();
        TaskHandle<Boolean> handle = executor().submit(() -> {
            executor().close();
            return executor().isShutdown() && !executor().isTerminated();
        });
        assertThat(get(handle)).isTrue();
        assertThat(isTerminatedInTime()).isTrue();
    }

    @Test
    @DisplayName("FAULTS 50: close from a completion callback returns")
    void closeFromACompletionCallbackReturns() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        CompletableFuture<Void> closed =
                handle.toCompletableFuture().thenRun(() -> executor().close());
        started.await();
        release.raise();
        get(closed);
        assertThat(isTerminatedInTime()).isTrue();
    }

    @Test
    @DisplayName("FAULTS 59: callbacks that throw or submit harm nothing")
    void callbacksMayThrowAndSubmit() throws Exception {
        TaskHandle<String> handle = executor().submit(() -> "value");
        CompletableFuture<String> throwing = handle.toCompletableFuture().thenApply(value -> {
            throw new IllegalStateException("on purpose: " + value);
        });
        CompletableFuture<String> submitting = handle.toCompletableFuture()
                .thenCompose(value -> executor().submit(() -> "next").toCompletableFuture());
        assertThat(get(submitting)).isEqualTo("next");
        assertThatThrownBy(() -> get(throwing)).isInstanceOf(ExecutionException.class); // perhaps a little later
        assertThat(gone(handle)).isEqualTo(new Termination(false));
    }

    @Test
    @DisplayName("TaskExecutor.close(Duration): \"true if every task had ended by itself in time\"")
    void timedCloseOfADrainedExecutorIsTrue() throws Exception {
        List<TaskHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            handles.add(executor().submit(() -> "value"));
        }
        assertThat(executor().close(Poll.patience())).isTrue();
        assertThat(executor().isTerminated()).isTrue();
        assertThat(handles).allMatch(handle -> handle.resultNow().equals("value"));
    }

    @Test
    @DisplayName("TaskExecutor.close(Duration): \"waits at most the given time for the tasks to end, then cancels "
            + "those left over\"")
    void timedCloseCancelsWhatIsLeft() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        assertThat(executor().close(SHORT)).isFalse();
        assertThat(handle.isCancelled()).isTrue();
        gone(handle);
        assertThat(isTerminatedInTime()).isTrue();
    }

    @Test
    @DisplayName(
            "TaskExecutor.close(Duration): those left over \"have their grace to end\", and are not abandoned if they do")
    void timedCloseLetsCancelledTasksEnd() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        Signal cleaned = signal("cleaned");
        TaskHandle<String> handle =
                executor().with(o -> o.cancelGrace(Poll.patience())).submit(() -> cleanUp(started, release, cleaned));
        started.await();
        assertThat(executor().close(SHORT)).isFalse();
        assertThat(cleaned.isRaised()).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        assertThat(isTerminatedInTime()).isTrue();
    }

    private static String cleanUp(Signal started, Signal release, Signal cleaned) throws InterruptedException {
        try {
            return started.hold(release);
        } catch (InterruptedException e) {
            Thread.sleep(SHORT.toMillis());
            cleaned.raise();
            throw e;
        }
    }

    @Test
    @DisplayName("DESIGN 1.4, 4: close(Duration) does not wait past its time for work on a thread, and says that it "
            + "is abandoned")
    void timedCloseAbandonsWorkThatCannotBeEnded() throws Exception {
        assumeCannotEndWork();
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.holdIgnoringInterrupts(release));
        started.await();
        assertThat(executor().close(SHORT)).isFalse();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(true));
        assertThat(executor().isTerminated()).isFalse();
        release.raise();
        assertThat(isTerminatedInTime()).isTrue();
    }

    @Test
    @DisplayName("DESIGN 1.4, 1.5: close(Duration) ends work that ignores interruption, where it can be ended")
    void timedCloseEndsWork() throws Exception {
        assumeEndsWork();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle =
                executor().with(o -> o.cancelGrace(SHORT)).submit(() -> started.holdIgnoringInterrupts(release));
        started.await();
        assertThat(executor().close(SHORT)).isFalse();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(release.isRaised()).isFalse();
    }

    @Test
    @DisplayName("TaskExecutor.close(Duration): \"IllegalArgumentException - if grace is negative\", and nothing is "
            + "closed")
    void timedCloseRefusesANegativeTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> executor().close(Duration.ofNanos(-1)));
        assertThat(executor().isShutdown()).isFalse();
    }
}
