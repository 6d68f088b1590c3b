package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the JDK promises of every {@link ExecutorService} and of the {@link Future}s that it returns, for one that runs
 * tasks on threads of this JVM other than the submitter's. It need not be one of ours; for a
 * {@link io.tournant.core.TaskExecutor}, {@link TaskExecutorContract} covers the same and more.
 *
 * <pre>{@code
 * final class MyPoolContractTest extends ExecutorServiceContract {
 *     protected ExecutorService open() { return new MyPool(2); }
 *     protected OptionalInt workers() { return OptionalInt.of(2); }
 * }
 * }</pre>
 *
 * <p>What must happen is awaited for 30 seconds; the system property {@code tournant.contract.patience}, an ISO
 * duration such as {@code PT2M}, changes that.
 */
@Timeout(90)
@ExtendWith(PromiseRecorder.class)
public abstract class ExecutorServiceContract {

    private static final Callable<String> FAILING = () -> {
        throw new IOException("on purpose");
    };

    private final List<CountDownLatch> latches = new ArrayList<>();

    private @Nullable ExecutorService executor;

    /** For subclasses. */
    protected ExecutorServiceContract() {}

    /**
     * Opens the executor under test. Called once for each test, which closes it.
     *
     * @return a new executor, always of the same kind, that runs at least two tasks at once
     */
    protected abstract ExecutorService open();

    /**
     * Returns how many tasks the executors that {@link #open} makes run at once. Tests that need a task to wait its turn
     * are skipped where there is no such number.
     *
     * @return the number, or empty if every task begins without waiting for others
     */
    protected OptionalInt workers() {
        return OptionalInt.empty();
    }

    // ------------------------------------------------------------------ between test and task

    private ExecutorService executor() {
        if (executor == null) {
            executor = open();
        }
        return executor;
    }

    @AfterEach
    final void closeExecutor() throws InterruptedException {
        Thread.interrupted(); // of a test that failed half-way
        latches.forEach(CountDownLatch::countDown);
        if (executor != null) {
            executor.shutdownNow();
            assertThat(isTerminatedInTime()).as("terminated after the test").isTrue();
        }
    }

    private boolean isTerminatedInTime() throws InterruptedException {
        return executor().awaitTermination(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns a latch that is open at the end of the test at the latest, so that no task waits for ever. */
    private CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        latches.add(latch);
        return latch;
    }

    private static void pass(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(Poll.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("This did not happen in time: limit=" + Poll.patience());
        }
    }

    private static <T extends @Nullable Object> T get(Future<T> future) throws Exception {
        return future.get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that says that it runs, and goes on when it is let. */
    private final class Held implements Callable<String> {
        private final CountDownLatch started = latch();
        private final CountDownLatch release = latch();
        private final CountDownLatch interrupted = latch();

        @Override
        public String call() throws InterruptedException {
            started.countDown();
            try {
                pass(release);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return "released";
        }
    }

    /** Occupies every worker, so that what is submitted next has to wait until the latch returned is opened. */
    private CountDownLatch occupyAllWorkers() throws InterruptedException {
        OptionalInt count = workers();
        assumeTrue(count.isPresent(), "No task waits for its turn: the executor has no fixed number of workers");
        CountDownLatch release = latch();
        CountDownLatch started = new CountDownLatch(count.getAsInt());
        for (int i = 0; i < count.getAsInt(); i++) {
            executor().execute(() -> {
                started.countDown();
                holdUntil(release);
            });
        }
        pass(started);
        return release;
    }

    /** Heeds an interrupt, which it keeps to itself. */
    private static void holdUntil(CountDownLatch release) {
        try {
            pass(release);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs code of a test on a thread of its own. */
    private static <T extends @Nullable Object> Future<T> beside(Callable<T> code) {
        FutureTask<T> future = new FutureTask<>(code);
        Thread.ofPlatform().daemon().name("contract-test").start(future);
        return future;
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the point of the tests
    private static <T> T nothing() {
        return null;
    }

    // ------------------------------------------------------------------ Executor

    @Test
    @DisplayName("Executor.execute: \"Executes the given command at some time in the future.\"")
    void executeRunsTheCommand() throws Exception {
        CountDownLatch ran = latch();
        executor().execute(ran::countDown);
        pass(ran);
    }

    @Test
    @DisplayName("Executor.execute: \"NullPointerException - if command is null\"")
    void executeRefusesNull() {
        assertThatNullPointerException().isThrownBy(() -> executor().execute(nothing()));
    }

    @Test
    @DisplayName("Executor: \"Actions in a thread prior to submitting a Runnable object to an Executor happen-before "
            + "its execution begins\"")
    void submissionHappensBeforeTheRun() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            int[] plain = {i, 0};
            CountDownLatch ran = latch();
            executor().execute(() -> {
                plain[1] = plain[0] + 1;
                ran.countDown();
            });
            pass(ran);
            assertThat(plain[1]).isEqualTo(i + 1);
        }
    }

    @Test
    @DisplayName("Executor.execute: a command that throws costs nothing but itself")
    void executeSurvivesACommandThatThrows() throws Exception {
        for (int i = 0; i < 10; i++) {
            executor().execute(() -> {
                throw new IllegalStateException("on purpose: it may show in the log");
            });
        }
        assertThat(get(executor().submit(() -> "alive"))).isEqualTo("alive");
    }

    @Test
    @DisplayName("Executor.execute: every command that is accepted runs, and none runs twice, whoever submits")
    void everyCommandRunsOnce() throws Exception {
        int each = 1_000;
        AtomicInteger[] runs = new AtomicInteger[4 * each];
        Arrays.setAll(runs, i -> new AtomicInteger());
        CountDownLatch left = new CountDownLatch(runs.length);
        List<Future<?>> submitters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int from = i * each;
            submitters.add(beside(() -> {
                for (int task = from; task < from + each; task++) {
                    AtomicInteger mine = runs[task];
                    executor().execute(() -> {
                        mine.incrementAndGet();
                        left.countDown();
                    });
                }
                return from;
            }));
        }
        for (Future<?> submitter : submitters) {
            get(submitter);
        }
        pass(left);
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(runs).allMatch(count -> count.get() == 1);
    }

    // ------------------------------------------------------------------ submit

    @Test
    @DisplayName("ExecutorService.submit(Callable): \"The Future's get method will return the task's result upon "
            + "successful completion.\"")
    void submitReturnsTheValue() throws Exception {
        assertThat(get(executor().submit(() -> "value"))).isEqualTo("value");
        assertThat(get(executor().submit(() -> ExecutorServiceContract.<String>nothing())))
                .isNull();
    }

    @Test
    @DisplayName("ExecutorService.submit(Runnable): \"The Future's get method will return null upon successful "
            + "completion.\"")
    void submitReturnsNullForARunnable() throws Exception {
        CountDownLatch ran = latch();
        Runnable task = ran::countDown;
        assertThat(get(executor().submit(task))).isNull();
        assertThat(ran.getCount()).isZero();
    }

    @Test
    @DisplayName("ExecutorService.submit(Runnable, T): \"get method will return the given result upon successful "
            + "completion\"")
    void submitReturnsTheGivenResult() throws Exception {
        CountDownLatch ran = latch();
        assertThat(get(executor().submit(ran::countDown, "result"))).isEqualTo("result");
        assertThat(ran.getCount()).isZero();
    }

    @Test
    @DisplayName("ExecutorService.submit: \"NullPointerException - if the task is null\"")
    void submitRefusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> executor().submit(ExecutorServiceContract.<Runnable>nothing()));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().submit(ExecutorServiceContract.<Callable<String>>nothing()));
        assertThatNullPointerException().isThrownBy(() -> executor().submit(nothing(), "result"));
    }

    @Test
    @DisplayName("ExecutorService: \"Actions in a thread prior to the submission of a Runnable or Callable task "
            + "happen-before any actions taken by that task, which in turn happen-before the result is retrieved\"")
    void theRunHappensBeforeGet() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            int[] plain = {i, 0};
            get(executor().submit(() -> {
                plain[1] = plain[0] + 1;
            }));
            assertThat(plain[1]).isEqualTo(i + 1);
        }
    }

    // ------------------------------------------------------------------ Future

    @Test
    @DisplayName("Future.get: \"ExecutionException - if the computation threw an exception\": the exception itself is "
            + "the cause; Future.exceptionNow and state FAILED")
    void whatATaskThrowsIsTheCause() throws Exception {
        for (Throwable thrown : List.of(new IllegalStateException(), new IOException(), new StackOverflowError())) {
            Future<String> future = executor().submit(() -> raise(thrown));
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> get(future))
                    .withCause(thrown);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .withCause(thrown);
            assertThat(future.state()).isEqualTo(Future.State.FAILED);
            assertThat(future.exceptionNow()).isSameAs(thrown);
            assertThatIllegalStateException().isThrownBy(future::resultNow);
            assertThat(future.isDone()).isTrue();
            assertThat(future.isCancelled()).isFalse();
        }
        assertThat(get(executor().submit(() -> "alive"))).isEqualTo("alive");
    }

    private static String raise(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }

    @Test
    @DisplayName("Future.resultNow: \"Returns the computed result, without waiting.\"; state SUCCESS; exceptionNow: "
            + "\"IllegalStateException - if … the task completed with a result\"")
    void aCompletedFutureSaysSo() throws Exception {
        Future<String> future = executor().submit(() -> "value");
        assertThat(get(future)).isEqualTo("value");
        assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(future.resultNow()).isEqualTo("value");
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isFalse();
        assertThatIllegalStateException().isThrownBy(future::exceptionNow);
    }

    @Test
    @DisplayName("Future.get: \"Waits if necessary for the computation to complete\"; timed: \"TimeoutException - if "
            + "the wait timed out\"; state RUNNING: \"The task has not completed.\"")
    void getWaits() throws Exception {
        Held task = new Held();
        Future<String> future = executor().submit(task);
        pass(task.started);
        assertThat(future.isDone()).isFalse();
        assertThat(future.state()).isEqualTo(Future.State.RUNNING);
        assertThatIllegalStateException().isThrownBy(future::resultNow);
        assertThatIllegalStateException().isThrownBy(future::exceptionNow);
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(0, TimeUnit.MILLISECONDS));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS));
        Future<String> waiter = beside(future::get);
        task.release.countDown();
        assertThat(get(waiter)).isEqualTo("released");
        assertThat(future.get(0, TimeUnit.MILLISECONDS)).isEqualTo("released");
    }

    @Test
    @DisplayName("Future.get: \"InterruptedException - if the current thread was interrupted while waiting\"")
    void getIsInterruptible() throws Exception {
        Held task = new Held();
        Future<String> future = executor().submit(task);
        pass(task.started);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(future::get);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> future.get(1, TimeUnit.MINUTES));
        task.release.countDown();
        assertThat(get(future)).isEqualTo("released");
    }

    @Test
    @DisplayName("Future.cancel: \"has no effect if the task is already completed or cancelled\"; \"false if the task "
            + "could not be cancelled\"")
    void cancelAfterTheEndHasNoEffect() throws Exception {
        Future<String> future = executor().submit(() -> "value");
        get(future);
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.cancel(false)).isFalse();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.get()).isEqualTo("value");
    }

    @Test
    @DisplayName("Future.cancel: \"If the task has not started when cancel is called, this task should never run.\"")
    void aTaskCancelledBeforeItStartsNeverRuns() throws Exception {
        CountDownLatch release = occupyAllWorkers();
        AtomicInteger runs = new AtomicInteger();
        Future<?> cancelled = executor().submit(runs::incrementAndGet);
        Future<String> next = executor().submit(() -> "next");
        assertThat(cancelled.cancel(false)).isTrue();
        assertCancelled(cancelled);
        release.countDown();
        assertThat(get(next)).isEqualTo("next");
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(runs).hasValue(0);
    }

    private static void assertCancelled(Future<?> future) {
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isTrue();
        assertThat(future.state()).isEqualTo(Future.State.CANCELLED);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> future.get(1, TimeUnit.SECONDS));
        assertThatIllegalStateException().isThrownBy(future::resultNow);
        assertThatIllegalStateException().isThrownBy(future::exceptionNow);
    }

    @Test
    @DisplayName("Future.cancel: \"the mayInterruptIfRunning parameter determines whether the thread executing this "
            + "task … is interrupted\": true")
    void cancelInterruptsWhatRuns() throws Exception {
        Held task = new Held();
        Future<String> future = executor().submit(task);
        pass(task.started);
        assertThat(future.cancel(true)).isTrue();
        assertCancelled(future);
        pass(task.interrupted);
    }

    @Test
    @DisplayName("Future.cancel(false): \"in-progress tasks are allowed to complete\"")
    void cancelWithoutInterruptionLetsATaskComplete() throws Exception {
        Held task = new Held();
        CountDownLatch completed = latch();
        Future<String> future = executor().submit(() -> {
            String value = task.call();
            completed.countDown();
            return value;
        });
        pass(task.started);
        assertThat(future.cancel(false)).isTrue();
        assertCancelled(future);
        task.release.countDown();
        pass(completed);
        assertThat(task.interrupted.getCount()).as("not interrupted").isOne();
    }

    @Test
    @DisplayName(
            "Future.cancel(true): an interrupt does not outlive its task: what the thread runs next does not find it")
    void anInterruptDoesNotOutliveItsTask() throws Exception {
        for (int i = 0; i < 100; i++) {
            CountDownLatch started = latch();
            Future<?> cancelled = executor().submit(() -> {
                started.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            });
            pass(started);
            cancelled.cancel(true);
            List<Callable<Boolean>> looks = Collections.nCopies(4, Thread::interrupted);
            for (Future<Boolean> next : executor().invokeAll(looks)) {
                assertThat(next.resultNow()).as("interrupted at its start").isFalse();
            }
        }
    }

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
    @DisplayName("ExecutorService.invokeAll and invokeAny: \"NullPointerException - if tasks or any of its elements "
            + "are null\"")
    void invokeRefusesNull() {
        List<Callable<String>> tasks = Arrays.asList(() -> "a", null);
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAll(tasks));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().invokeAll(ExecutorServiceContract.<List<Callable<String>>>nothing()));
        assertThatNullPointerException().isThrownBy(() -> executor().invokeAny(Arrays.asList(FAILING, null)));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().invokeAny(ExecutorServiceContract.<List<Callable<String>>>nothing()));
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
