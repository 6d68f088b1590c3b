package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tournant.core.Task;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the {@code invokeAll} and {@code invokeAny} methods of {@link java.util.concurrent.ExecutorService} promise. */
public abstract class InvokeContract extends ExecutorContract {

    /** For subclasses. */
    protected InvokeContract() {}

    private static final Task<String> FAILING = () -> {
        throw new IllegalStateException("no value here");
    };

    @Test
    @DisplayName("ExecutorService.invokeAll: \"returning a list of Futures holding their status and results when "
            + "all complete.\"")
    void invokeAllReturnsWhenAllComplete() throws Exception {
        List<Task<String>> tasks = List.of(() -> "a", FAILING, () -> "c");
        List<Future<String>> futures = executor().invokeAll(tasks);
        assertThat(futures)
                .extracting(Future::state)
                .containsExactly(Future.State.SUCCESS, Future.State.FAILED, Future.State.SUCCESS);
        assertThat(futures.get(0).resultNow()).isEqualTo("a");
        assertThat(futures.get(1).exceptionNow()).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(futures.get(2).resultNow()).isEqualTo("c");
    }

    @Test
    @DisplayName("ExecutorService.invokeAll: no tasks, no futures")
    void invokeAllOfNothingReturnsNothing() throws Exception {
        assertThat(executor().invokeAll(List.<Task<String>>of())).isEmpty();
    }

    @Test
    @DisplayName("ExecutorService.invokeAll(timed): \"when all complete or the timeout expires, whichever happens "
            + "first\": all complete")
    void timedInvokeAllReturnsWhenAllComplete() throws Exception {
        List<Task<String>> tasks = List.of(() -> "a", () -> "b");
        assertThat(executor().invokeAll(tasks, Poll.patience().toMillis(), TimeUnit.MILLISECONDS))
                .extracting(Future::resultNow)
                .containsExactly("a", "b");
    }

    @Test
    @DisplayName("ExecutorService.invokeAll(timed): \"Upon return, tasks that have not completed are cancelled.\"")
    void timedInvokeAllCancelsWhatHasNotCompleted() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        List<Task<String>> tasks = List.of(() -> started.hold(release));
        List<Future<String>> futures = executor().invokeAll(tasks, 50, TimeUnit.MILLISECONDS);
        assertThat(futures).hasSize(1).allMatch(Future::isCancelled);
    }

    @Test
    @DisplayName("ExecutorService.invokeAll: \"InterruptedException - if interrupted while waiting, in which case "
            + "unfinished tasks are cancelled\"")
    void interruptedInvokeAllCancelsWhatHasNotCompleted() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        Tally ended = tally("ended");
        List<Task<String>> tasks = List.of(() -> {
            String value = started.hold(release);
            ended.add();
            return value;
        });
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> executor().invokeAll(tasks));
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(ended.count()).isZero();
        assertThat(executor().stats().cancelled()).isEqualTo(1);
    }

    @Test
    @DisplayName("ExecutorService.invokeAll: \"NullPointerException - if tasks or any of its elements are null, in "
            + "which case unfinished tasks are cancelled\"")
    void invokeAllRefusesNull() {
        List<Task<String>> tasks = Arrays.asList(() -> "a", null);
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAll(tasks));
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"returning the result of one that has completed successfully\"")
    void invokeAnyReturnsAValue() throws Exception {
        List<Task<String>> tasks = List.of(FAILING, () -> "value", FAILING);
        assertThat(executor().invokeAny(tasks)).isEqualTo("value");
        assertThat(executor().invokeAny(tasks, Poll.patience().toMillis(), TimeUnit.MILLISECONDS))
                .isEqualTo("value");
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"Upon normal or exceptional return, tasks that have not completed are "
            + "cancelled.\"")
    void invokeAnyCancelsTheOthers() throws Exception {
        assumeRunsTwoTasksAtOnce();
        Signal started = signal("started");
        Signal release = signal("release");
        Tally ended = tally("ended");
        List<Task<String>> tasks = List.of(
                () -> {
                    String value = started.hold(release);
                    ended.add();
                    return value;
                },
                () -> "quick");
        assertThat(executor().invokeAny(tasks)).isEqualTo("quick");
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(ended.count()).isZero();
        assertThat(executor().stats().cancelled()).isEqualTo(1);
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"ExecutionException - if no task successfully completes\"")
    void invokeAnyFailsIfAllFail() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor().invokeAny(List.of(FAILING, FAILING)))
                .withCauseExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"IllegalArgumentException - if tasks is empty\"")
    void invokeAnyRefusesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> executor().invokeAny(List.<Task<String>>of()));
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"NullPointerException - if tasks or any element task subject to "
            + "execution is null\"")
    void invokeAnyRefusesNull() {
        List<Task<String>> tasks = Arrays.asList(null, () -> "a");
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAny(tasks));
    }

    @Test
    @DisplayName("ExecutorService.invokeAny(timed): \"TimeoutException - if the given timeout elapses before any "
            + "task successfully completes\"")
    void timedInvokeAnyTimesOut() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        List<Task<String>> tasks = List.of(() -> started.hold(release));
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> executor().invokeAny(tasks, 50, TimeUnit.MILLISECONDS));
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(executor().stats().cancelled()).isEqualTo(1);
    }
}
