package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the JDK promises of {@code execute} and {@code submit}, and of the {@link Future}s that they return. */
public abstract class ExecutorServiceTaskContract extends ExecutorServiceFixture {

    /** For subclasses. */
    protected ExecutorServiceTaskContract() {}

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
    @DisplayName("Beyond the JDK: a command that throws costs nothing but itself")
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
        assertThat(get(executor().submit(() -> ExecutorServiceFixture.<String>nothing())))
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
                .isThrownBy(() -> executor().submit(ExecutorServiceFixture.<Runnable>nothing()));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().submit(ExecutorServiceFixture.<Callable<String>>nothing()));
        assertThatNullPointerException().isThrownBy(() -> executor().submit(nothing(), "result"));
    }

    @Test
    @DisplayName(
            "ExecutorService: \"Actions in a thread prior to the submission of a Runnable or Callable task "
                    + "to an ExecutorService happen-before any actions taken by that task, which in turn happen-before the result is retrieved\"")
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
                    .havingCause()
                    .isSameAs(thrown);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .havingCause()
                    .isSameAs(thrown);
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
            + "IllegalStateException if \"the task completed normally\"")
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
        Future<String> cancelled = executor().submit(new Held());
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(cancelled.cancel(true)).isFalse();
        assertCancelled(cancelled);
    }

    @Test
    @DisplayName("Future.cancel: \"if this task has not started when cancel is called, this task should never run\"")
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
            + "task (when known by the implementation) is interrupted\": true, and here it is known")
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
    @DisplayName("Beyond the JDK: an interrupt does not outlive its task: what the thread runs next does not find it")
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
}
