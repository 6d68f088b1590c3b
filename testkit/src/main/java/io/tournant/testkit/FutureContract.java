package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.Termination;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link java.util.concurrent.Future} promises, and what a handle adds to it. */
public abstract class FutureContract extends InvokeContract {

    /** For subclasses. */
    protected FutureContract() {}

    @Test
    @DisplayName("Future.get(timed): \"TimeoutException - if the wait timed out\"; get: \"Waits if necessary\"")
    void getWaitsForTheValue() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> handle.get(1, TimeUnit.MILLISECONDS));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> handle.get(0, TimeUnit.MILLISECONDS));
        Future<String> waiter = beside(handle::get);
        Future<String> timedWaiter = beside(() -> get(handle));
        release.raise();
        assertThat(get(waiter)).isEqualTo("released");
        assertThat(get(timedWaiter)).isEqualTo("released");
        assertThat(handle.get(0, TimeUnit.MILLISECONDS)).isEqualTo("released");
    }

    @Test
    @DisplayName("Future.get: \"InterruptedException - if the current thread was interrupted while waiting\"")
    void getIsInterruptible() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(handle::get);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> handle.get(1, TimeUnit.MINUTES));
        release.raise();
        assertThat(get(handle)).isEqualTo("released");
    }

    @Test
    @DisplayName("TaskOutcome table: a task that runs has no outcome; Future.state RUNNING: \"The task has not "
            + "completed.\"")
    void aRunningTaskHasNoOutcome() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        assertThat(handle.isDone()).isFalse();
        assertThat(handle.isCancelled()).isFalse();
        assertThat(handle.outcome()).isEmpty();
        assertThat(handle.state()).isEqualTo(Future.State.RUNNING);
        assertThat(handle.phase()).isEqualTo(TaskPhase.RUNNING);
        assertThatIllegalStateException().isThrownBy(handle::resultNow);
        assertThatIllegalStateException().isThrownBy(handle::exceptionNow);
        assertThat(handle.termination().toCompletableFuture()).isNotDone();
    }

    @Test
    @DisplayName("TaskOutcome table: Succeeded is SUCCESS, and get returns the value")
    void aSucceededTaskSaysSo() throws Exception {
        TaskHandle<String> handle = executor().submit(() -> "value");
        awaitEnd(handle);
        assertThat(handle.outcome()).contains(new TaskOutcome.Succeeded<>("value"));
        assertThat(handle.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(handle.phase()).isEqualTo(TaskPhase.TERMINATED);
        assertThat(handle.isCancelled()).isFalse();
        assertThat(handle.resultNow()).isEqualTo("value");
        assertThat(handle.get()).isEqualTo("value");
        assertThatIllegalStateException().isThrownBy(handle::exceptionNow);
    }

    @Test
    @DisplayName("TaskOutcome table: Failed is FAILED, and exceptionNow is the cause that get wraps")
    void aFailedTaskSaysSo() throws Exception {
        TaskHandle<Object> handle = executor().submit(() -> {
            throw new IllegalStateException("on purpose");
        });
        awaitEnd(handle);
        Throwable cause = handle.exceptionNow();
        assertThat(cause).isExactlyInstanceOf(IllegalStateException.class).hasMessage("on purpose");
        assertThat(handle.outcome()).contains(new TaskOutcome.Failed<>(cause));
        assertThat(handle.state()).isEqualTo(Future.State.FAILED);
        assertThat(handle.phase()).isEqualTo(TaskPhase.TERMINATED);
        assertThat(handle.isCancelled()).isFalse();
        assertThatIllegalStateException().isThrownBy(handle::resultNow);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(handle::get)
                .withCause(cause);
    }

    @Test
    @DisplayName("TaskOutcome table: Cancelled is CANCELLED; Future.get: \"CancellationException - if the "
            + "computation was cancelled\"")
    void aCancelledTaskSaysSo() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        assertThat(handle.outcome()).contains(new TaskOutcome.Cancelled<>());
        assertThat(handle.state()).isEqualTo(Future.State.CANCELLED);
        assertThat(handle.phase()).isEqualTo(TaskPhase.TERMINATED);
        assertThat(handle.isCancelled()).isTrue();
        assertThat(handle.isDone()).isTrue();
        assertThatIllegalStateException().isThrownBy(handle::resultNow);
        assertThatIllegalStateException().isThrownBy(handle::exceptionNow);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(handle::get);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> handle.get(1, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("Future.cancel: \"false if the task could not be cancelled, typically because it has already "
            + "completed\"")
    void cancelAfterCompletionChangesNothing() throws Exception {
        TaskHandle<String> handle = executor().submit(() -> "value");
        awaitEnd(handle);
        assertThat(handle.cancel(true)).isFalse();
        assertThat(handle.cancel(false)).isFalse();
        assertThat(handle.isCancelled()).isFalse();
        assertThat(handle.get()).isEqualTo("value");
    }

    @Test
    @DisplayName("DESIGN 4: termination() tells when the work is gone")
    void terminationFollowsAnOrdinaryEnd() throws Exception {
        TaskHandle<String> handle = executor().submit(() -> "value");
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        assertThat(handle.isDone()).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
    }

    @Test
    @DisplayName("TaskHandle.toCompletableFuture: ends \"with its value\", asked for before and after the end")
    void completableFutureCarriesTheValue() throws Exception {
        TaskHandle<String> handle = executor().submit(() -> "value");
        CompletableFuture<Integer> length = handle.toCompletableFuture().thenApply(String::length);
        assertThat(get(length)).isEqualTo(5);
        assertThat(handle.toCompletableFuture()).isCompletedWithValue("value");
    }

    @Test
    @DisplayName("TaskHandle.toCompletableFuture: ends \"with the exception that get would wrap\"")
    void completableFutureCarriesTheFailure() throws Exception {
        TaskHandle<Object> handle = executor().submit(() -> {
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<Object> future = handle.toCompletableFuture();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(future))
                .withCause(handle.exceptionNow());
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> handle.toCompletableFuture().join())
                .withCause(handle.exceptionNow());
    }

    @Test
    @DisplayName("TaskHandle.toCompletableFuture: ends \"cancelled\" when the task is cancelled")
    void completableFutureIsCancelledWithTheTask() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        CompletableFuture<String> future = handle.toCompletableFuture();
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        assertThat(future).isCancelled();
        assertThat(handle.toCompletableFuture()).isCancelled();
    }

    @Test
    @DisplayName("TaskHandle.toCompletableFuture: \"Cancelling it cancels the task with interruption.\"")
    void cancellingTheCompletableFutureCancelsTheTask() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        assertThat(handle.toCompletableFuture().cancel(false)).isTrue();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false)); // by the interrupt: nobody released it
    }

    @Test
    @DisplayName("TaskHandle.toCompletableFuture: \"Completing it by other means does not touch the task.\"")
    void completingTheCompletableFutureDoesNotTouchTheTask() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        CompletableFuture<String> other = handle.toCompletableFuture();
        assertThat(handle.toCompletableFuture().complete("by hand")).isTrue();
        release.raise();
        assertThat(get(handle)).isEqualTo("released");
        assertThat(get(other)).isEqualTo("released");
    }
}
