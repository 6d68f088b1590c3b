package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the JDK promises of every {@link ExecutorService} and of the {@link Future}s that it returns, for one that runs
 * tasks on threads of this JVM other than the submitter's, and interrupts them when it is to stop them: where the JDK's
 * words leave that open, this contract asks for it, and so it does where a test's name begins with "Beyond the JDK". The
 * executor need not be one of ours; for a {@link io.tournant.core.TaskExecutor}, {@link TaskExecutorContract} covers the
 * same and more.
 *
 * <pre>{@code
 * final class MyPoolContractTest extends ExecutorServiceContract {
 *     protected ExecutorService open() { return new MyPool(2); }
 *     protected OptionalInt workers() { return OptionalInt.of(2); }
 * }
 * }</pre>
 */
public abstract class ExecutorServiceContract extends ExecutorServiceTaskContract {

    private static final Callable<String> FAILING = () -> {
        throw new IOException("on purpose");
    };

    /** For subclasses. */
    protected ExecutorServiceContract() {}

    // ------------------------------------------------------------------ invokeAll, invokeAny

    @Test
    @DisplayName("ExecutorService.invokeAll: \"returning a list of Futures holding their status and results when all "
            + "complete\", \"in the same sequential order as produced by the iterator\"")
    void invokeAllReturnsWhenAllComplete() throws Exception {
        List<Future<String>> futures = executor().invokeAll(List.of(() -> "a", FAILING, () -> "c"));
        assertThat(futures)
                .extracting(Future::state)
                .containsExactly(Future.State.SUCCESS, Future.State.FAILED, Future.State.SUCCESS);
        assertThat(futures.get(0).resultNow()).isEqualTo("a");
        assertThat(futures.get(2).resultNow()).isEqualTo("c");
        assertThat(executor().invokeAll(List.<Callable<String>>of())).isEmpty();
    }

    @Test
    @DisplayName("ExecutorService.invokeAll(timed): \"Upon return, tasks that have not completed are cancelled.\"")
    void timedInvokeAllCancelsWhatHasNotCompleted() throws Exception {
        Held task = new Held();
        List<Future<String>> futures =
                executor().invokeAll(List.<Callable<String>>of(task, () -> "quick"), 200, TimeUnit.MILLISECONDS);
        assertThat(futures).hasSize(2).allMatch(Future::isDone);
        assertThat(futures.get(0).isCancelled()).isTrue();
        assertThat(executor()
                        .invokeAll(
                                List.<Callable<String>>of(() -> "a"),
                                Poll.patience().toMillis(),
                                TimeUnit.MILLISECONDS))
                .extracting(Future::resultNow)
                .containsExactly("a");
    }

    @Test
    @DisplayName("ExecutorService.invokeAll: \"InterruptedException - if interrupted while waiting, in which case "
            + "unfinished tasks are cancelled\"")
    void interruptedInvokeAllCancelsWhatHasNotCompleted() throws Exception {
        Held task = new Held();
        Future<Boolean> invoker = beside(() -> {
            Thread self = Thread.currentThread();
            executor().execute(() -> {
                holdUntil(task.started);
                self.interrupt();
            });
            try {
                executor().invokeAll(List.of(task));
                return false;
            } catch (InterruptedException e) {
                return true;
            }
        });
        assertThat(get(invoker)).isTrue();
        pass(task.interrupted);
    }

    @Test
    @DisplayName("ExecutorService.invokeAll: \"NullPointerException - if tasks or any of its elements are null\"; "
            + "invokeAny: \"if tasks, or any element task subject to execution, is null\"")
    void invokeRefusesNull() {
        List<Callable<String>> tasks = Arrays.asList(() -> "a", null);
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAll(tasks));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().invokeAll(ExecutorServiceFixture.<List<Callable<String>>>nothing()));
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAny(Arrays.asList(FAILING, null)));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().invokeAny(ExecutorServiceFixture.<List<Callable<String>>>nothing()));
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"returning the result of one that has completed successfully (i.e., "
            + "without throwing an exception), if any do\"")
    void invokeAnyReturnsAValue() throws Exception {
        List<Callable<String>> tasks = List.of(FAILING, () -> "value", FAILING);
        assertThat(executor().invokeAny(tasks)).isEqualTo("value");
        assertThat(executor().invokeAny(tasks, Poll.patience().toMillis(), TimeUnit.MILLISECONDS))
                .isEqualTo("value");
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"Upon normal or exceptional return, tasks that have not completed are "
            + "cancelled.\"")
    void invokeAnyCancelsTheOthers() throws Exception {
        Held task = new Held();
        assertThat(executor().invokeAny(List.<Callable<String>>of(task, () -> {
                    pass(task.started);
                    return "quick";
                })))
                .isEqualTo("quick");
        pass(task.interrupted);
    }

    @Test
    @DisplayName("ExecutorService.invokeAny: \"ExecutionException - if no task successfully completes\"; "
            + "\"IllegalArgumentException - if tasks is empty\"; \"TimeoutException - if the given timeout elapses\"")
    void invokeAnyWithoutAValueThrows() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor().invokeAny(List.of(FAILING, FAILING)))
                .withCauseInstanceOf(IOException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> executor().invokeAny(List.<Callable<String>>of()));
        Held task = new Held();
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> executor().invokeAny(List.of(task), 50, TimeUnit.MILLISECONDS));
    }

    // ------------------------------------------------------------------ the end

    @Test
    @DisplayName("ExecutorService.shutdown: \"previously submitted tasks are executed, but no new tasks will be "
            + "accepted\"; \"does not wait\"")
    void shutdownLetsAcceptedTasksFinish() throws Exception {
        Held running = new Held();
        List<Future<String>> accepted = new ArrayList<>(List.of(executor().submit(running)));
        pass(running.started);
        for (int i = 0; i < 100; i++) {
            accepted.add(executor().submit(() -> "released"));
        }
        executor().shutdown();
        assertThat(executor().isShutdown()).isTrue();
        assertThat(executor().isTerminated()).isFalse();
        assertThat(accepted.getFirst().isDone()).isFalse();
        assertAllRefused();
        running.release.countDown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(accepted).extracting(Future::resultNow).containsOnly("released");
        assertAllRefused();
    }

    private void assertAllRefused() {
        AtomicInteger runs = new AtomicInteger();
        assertRefused(() -> executor().execute(runs::incrementAndGet));
        assertRefused(() -> executor().submit(runs::incrementAndGet));
        assertRefused(() -> executor().submit(() -> runs.set(1)));
        assertRefused(() -> executor().submit(() -> runs.set(1), "result"));
        assertRefused(() -> executor().invokeAll(List.of(runs::incrementAndGet)));
        assertRefused(() -> executor().invokeAny(List.of(runs::incrementAndGet)));
        assertThat(runs).hasValue(0);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(call);
    }

    @Test
    @DisplayName("ExecutorService.shutdown: \"Invocation has no additional effect if already shut down.\"")
    void shutdownTwiceIsShutdown() throws Exception {
        executor().shutdown();
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(executor().shutdownNow()).isEmpty();
        assertThat(executor().isTerminated()).isTrue();
    }

    @Test
    @DisplayName(
            "ExecutorService.shutdownNow: \"halts the processing of waiting tasks, and returns a list of the tasks "
                    + "that were awaiting execution\"")
    void shutdownNowReturnsWhatNeverStarted() throws Exception {
        CountDownLatch release = occupyAllWorkers();
        AtomicInteger runs = new AtomicInteger();
        Runnable command = runs::incrementAndGet;
        executor().execute(command);
        executor().execute(command);
        Future<?> submitted = executor().submit(command);
        List<Runnable> waiting = executor().shutdownNow();
        assertThat(waiting).hasSize(3).contains(command);
        release.countDown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(runs).hasValue(0);
        assertThat(submitted.isDone() && !submitted.isCancelled()).isFalse();
        waiting.forEach(Runnable::run); // by hand, here
        assertThat(runs).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("ExecutorService.shutdownNow: \"Attempts to stop all actively executing tasks\"")
    void shutdownNowInterruptsWhatRuns() throws Exception {
        Held task = new Held();
        Future<String> future = executor().submit(task);
        pass(task.started);
        assertThat(executor().shutdownNow()).isEmpty();
        assertThat(executor().isShutdown()).isTrue();
        pass(task.interrupted);
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(future.isDone()).isTrue();
    }

    @Test
    @DisplayName("ExecutorService.isTerminated: \"never true unless either shutdown or shutdownNow was called first\"; "
            + "awaitTermination: \"false if the timeout elapsed before termination\"")
    void terminatedFollowsTheLastTask() throws Exception {
        Held task = new Held();
        Future<String> future = executor().submit(task);
        pass(task.started);
        assertThat(executor().isShutdown()).isFalse();
        assertThat(executor().isTerminated()).isFalse();
        assertThat(executor().awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        executor().shutdown();
        assertThat(executor().isTerminated()).isFalse();
        assertThat(executor().awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(executor().awaitTermination(-1, TimeUnit.MILLISECONDS)).isFalse();
        task.release.countDown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(executor().isTerminated()).isTrue();
        assertThat(executor().awaitTermination(0, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(future.resultNow()).isEqualTo("released");
    }

    @Test
    @DisplayName("ExecutorService.awaitTermination: \"InterruptedException - if interrupted while waiting\"")
    void awaitTerminationIsInterruptible() {
        ExecutorService open = executor();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> open.awaitTermination(1, TimeUnit.MINUTES));
        assertThat(open.isShutdown()).isFalse();
    }

    @Test
    @DisplayName("ExecutorService.close: \"Initiates an orderly shutdown in which previously submitted tasks are "
            + "executed … waits until all tasks have completed execution and the executor has terminated.\"")
    void closeWaits() throws Exception {
        Held task = new Held();
        Future<String> future = executor().submit(task);
        pass(task.started);
        List<Future<Boolean>> closers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            closers.add(beside(() -> {
                executor().close();
                return future.isDone() && executor().isTerminated();
            }));
        }
        Poll.until("shutdown", executor()::isShutdown);
        assertThat(closers).noneMatch(Future::isDone);
        task.release.countDown();
        for (Future<Boolean> closer : closers) {
            assertThat(get(closer)).isTrue();
        }
        executor().close(); // "If already terminated, invoking this method has no effect."
        assertThat(future.resultNow()).isEqualTo("released");
    }

    @Test
    @DisplayName(
            "ExecutorService.close: \"If interrupted while waiting, this method stops all executing tasks as if by "
                    + "invoking shutdownNow(). … The interrupt status will be re-asserted before this method returns.\"")
    void interruptedCloseStopsAndKeepsTheFlag() throws Exception {
        Held task = new Held();
        Future<String> future = executor().submit(task);
        pass(task.started);
        Thread.currentThread().interrupt();
        executor().close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(task.interrupted.getCount()).isZero();
        assertThat(future.isDone()).isTrue();
        assertThat(executor().isTerminated()).isTrue();
    }

    @Test
    @DisplayName(
            "Executor.execute: \"RejectedExecutionException - if this task cannot be accepted\": against shutdown, "
                    + "a command is refused or runs, never neither")
    void submitAgainstShutdownLosesNothing() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        List<Future<Boolean>> submitters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            submitters.add(beside(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        executor().execute(runs::incrementAndGet);
                        accepted.incrementAndGet();
                    } catch (RejectedExecutionException e) {
                        return true;
                    }
                }
                return false;
            }));
        }
        Poll.until("some tasks", () -> runs.get() > 1_000);
        executor().shutdown();
        for (Future<Boolean> submitter : submitters) {
            assertThat(get(submitter)).isTrue();
        }
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(runs).hasValue(accepted.get());
    }
}
