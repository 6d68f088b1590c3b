package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tournant.core.Task;
import io.tournant.core.TaskHandle;
import io.tournant.core.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What else the JDK promises of a {@link Future}, a {@code CompletionStage} and the bulk methods. */
public abstract class SupplementContract extends AbandonmentContract {

    /** For subclasses. */
    protected SupplementContract() {}

    private TaskHandle<Object> failed() throws InterruptedException {
        TaskHandle<Object> handle = executor().submit(() -> {
            throw new IllegalStateException("on purpose");
        });
        awaitEnd(handle);
        return handle;
    }

    @Test
    @DisplayName(
            "Future.isDone: \"Completion may be due to normal termination, an exception, or cancellation -- in all of these "
                    + "cases, this method will return true.\" An exception")
    void aFailedTaskIsDone() throws Exception {
        TaskHandle<Object> handle = failed();
        assertThat(handle.isDone()).isTrue();
        assertThat(handle.isCancelled()).isFalse();
        assertThat(handle.cancel(true)).isFalse();
        assertThat(handle.state()).isEqualTo(Future.State.FAILED);
    }

    @Test
    @DisplayName(
            "Future.cancel: \"If two or more threads cause a task to be cancelled, then at least one of them returns true.\" "
                    + "Exactly one does")
    void oneOfManyCancellersIsTheOne() throws Exception {
        assumeRunsBesideTheCaller();
        for (int round = rounds(50, 5); round > 0; round--) {
            Signal started = signal("started-" + round);
            Signal release = signal("release-" + round);
            TaskHandle<String> handle = executor().submit(() -> started.hold(release));
            started.await();
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Boolean>> cancellers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                cancellers.add(beside(() -> {
                    go.await();
                    return handle.cancel(true);
                }));
            }
            go.countDown();
            int successes = 0;
            for (Future<Boolean> canceller : cancellers) {
                successes += get(canceller) ? 1 : 0;
            }
            assertThat(successes).isEqualTo(1);
            gone(handle);
        }
    }

    @Test
    @DisplayName("Future.get(timed): \"TimeoutException - if the wait timed out\": at once for a time that is over")
    void aNegativeWaitIsNone() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> handle.get(-1, TimeUnit.DAYS));
        release.raise();
        assertThat(get(handle)).isEqualTo("released");
        assertThat(handle.get(-1, TimeUnit.DAYS)).isEqualTo("released");
    }

    // ------------------------------------------------------------------ bulk

    @Test
    @DisplayName(
            "ExecutorService.invokeAny: \"InterruptedException - if interrupted while waiting\"; what has not completed is "
                    + "cancelled")
    void invokeAnyIsInterruptible() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        List<Task<String>> tasks = List.of(() -> started.hold(release));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> executor().invokeAny(tasks));
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(executor().stats().cancelled()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "ExecutorService.invokeAll(timed), invokeAny(timed): \"NullPointerException - if tasks, … or unit are null\"")
    @SuppressWarnings("NullAway") // the point of the test
    void bulkMethodsNeedAUnit() {
        List<Task<String>> tasks = List.of(() -> "value");
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAll(tasks, 1, null));
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAny(tasks, 1, null));
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAll(null));
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAny(null));
    }

    @Test
    @DisplayName(
            "ExecutorCompletionService over the executor: \"tasks submitted are, upon completion, placed on a queue\"")
    void aCompletionServiceRunsOnIt() throws Exception {
        assumeSharesMemory(); // it submits a Runnable of its own
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(executor());
        for (int i = 0; i < 5; i++) {
            int number = i;
            service.submit(() -> number);
        }
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            values.add(service.take().get());
        }
        assertThat(values).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    // ------------------------------------------------------------------ futures as returned

    @Test
    @DisplayName(
            "CompletableFuture.supplyAsync(supplier, executor): \"asynchronously completed by a task running in the given "
                    + "executor\"")
    void asyncStagesRunOnIt() throws Exception {
        assumeSharesMemory(); // it submits a Runnable of its own
        CompletableFuture<String> future =
                CompletableFuture.supplyAsync(() -> "a", executor()).thenApplyAsync(value -> value + "b", executor());
        assertThat(get(future)).isEqualTo("ab");
        executor().close();
        assertThat(executor().stats().succeeded()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "CompletionStage: \"if a stage's computation terminates abruptly …, then all dependent stages … complete "
                    + "exceptionally as well, with a CompletionException holding the exception as its cause\"")
    void dependentsOfAFailureFail() throws Exception {
        TaskHandle<Object> handle = failed();
        CompletableFuture<String> dependent = handle.toCompletableFuture().thenApply(Object::toString);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(dependent::join)
                .withCause(handle.exceptionNow());
    }

    @Test
    @DisplayName(
            "CompletionStage.exceptionally: \"executed with this stage's exception as the argument\"; handle sees value and "
                    + "exception")
    void failuresAreHandled() throws Exception {
        TaskHandle<Object> handle = failed();
        Object message = get(handle.toCompletableFuture().exceptionally(Throwable::getMessage));
        assertThat(message).isEqualTo("on purpose");
        TaskHandle<String> succeeded = executor().submit(() -> "value");
        CompletableFuture<String> both =
                succeeded.toCompletableFuture().handle((value, failure) -> value + " " + failure);
        assertThat(get(both)).isEqualTo("value null");
    }

    @Test
    @DisplayName("CompletionStage: cancelling a dependent stage does not touch the stage it depends on")
    void cancellingADependentLeavesTheTaskAlone() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        CompletableFuture<String> dependent = handle.toCompletableFuture().thenApply(String::strip);
        assertThat(dependent.cancel(true)).isTrue();
        assertThat(handle.isDone()).isFalse();
        release.raise();
        assertThat(get(handle)).isEqualTo("released");
    }

    @Test
    @DisplayName("TaskHandle.toCompletableFuture: \"a future of the caller's own\": orTimeout ends it and not the task")
    void aTimeoutOfTheFutureLeavesTheTaskAlone() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        CompletableFuture<String> hurried = handle.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(hurried)
                .failsWithin(Poll.patience())
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
        assertThat(handle.isDone()).isFalse();
        release.raise();
        assertThat(get(handle)).isEqualTo("released");
    }

    @Test
    @DisplayName(
            "CompletableFuture.get on what toCompletableFuture returned: Future.state, resultNow and exceptionNow agree with "
                    + "the handle's")
    void theFutureSaysWhatTheHandleSays() throws Exception {
        TaskHandle<String> succeeded = executor().submit(() -> "value");
        awaitEnd(succeeded);
        assertThat(succeeded.toCompletableFuture().state()).isEqualTo(Future.State.SUCCESS);
        assertThat(succeeded.toCompletableFuture().resultNow()).isEqualTo("value");
        TaskHandle<Object> failed = failed();
        assertThat(failed.toCompletableFuture().state()).isEqualTo(Future.State.FAILED);
        assertThat(failed.toCompletableFuture().exceptionNow()).isEqualTo(failed.exceptionNow());
    }

    @Test
    @DisplayName(
            "TaskHandle.termination: \"a stage that never completes exceptionally\", and that its holders cannot complete")
    void nobodyCompletesTheTermination() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        handle.termination().toCompletableFuture().completeExceptionally(new IllegalStateException("on purpose"));
        handle.termination().toCompletableFuture().complete(new Termination(true));
        assertThat(handle.termination().toCompletableFuture()).isNotDone();
        release.raise();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
    }
}
