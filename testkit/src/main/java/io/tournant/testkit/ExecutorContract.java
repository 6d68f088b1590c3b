package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tournant.core.Action;
import io.tournant.core.Task;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link java.util.concurrent.Executor} and the {@code submit} methods promise. */
public abstract class ExecutorContract extends BackendFixture {

    /** For subclasses. */
    protected ExecutorContract() {}

    @Test
    @DisplayName("Executor.execute: \"Executes the given command at some time in the future.\"")
    void executeRunsTheCommand() throws Exception {
        Signal ran = signal("ran");
        executor().execute(() -> ran.raise());
        ran.await();
    }

    @Test
    @DisplayName("Executor.execute takes any Runnable where memory is shared")
    void executeRunsAPlainRunnable() throws Exception {
        assumeSharesMemory();
        Signal ran = signal("ran");
        Runnable plain = () -> ran.raise();
        executor().execute(plain);
        ran.await();
    }

    @Test
    @DisplayName("Executor.execute: \"NullPointerException - if command is null\"")
    void executeRefusesNull() {
        assertThatNullPointerException().isThrownBy(() -> executor().execute(ExecutorContract.<Action>nothing()));
        assertThatNullPointerException().isThrownBy(() -> executor().execute(ExecutorContract.<Runnable>nothing()));
    }

    @Test
    @DisplayName("ExecutorService.submit: \"NullPointerException - if the task is null\"")
    void submitRefusesNull() {
        assertThatNullPointerException().isThrownBy(() -> executor().submit(ExecutorContract.<Action>nothing()));
        assertThatNullPointerException().isThrownBy(() -> executor().submit(ExecutorContract.<Runnable>nothing()));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().submit(ExecutorContract.<Runnable>nothing(), "result"));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().submit(ExecutorContract.<Callable<String>>nothing()));
        assertThatNullPointerException().isThrownBy(() -> executor().submit(ExecutorContract.<Task<String>>nothing()));
        assertThatNullPointerException()
                .isThrownBy(() -> executor().trySubmit(ExecutorContract.<Task<String>>nothing()));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the point of the tests
    private static <T> T nothing() {
        return null;
    }

    @Test
    @DisplayName("ExecutorService.submit(Callable): \"The Future's get method will return the task's result\"")
    void submitReturnsTheValueOfATask() throws Exception {
        assertThat(get(executor().submit(() -> "value"))).isEqualTo("value");
    }

    @Test
    @DisplayName("ExecutorService.submit(Callable) takes a Callable that is no Task")
    void submitReturnsTheValueOfACallable() throws Exception {
        Callable<Integer> callable = (Callable<Integer> & Serializable) () -> 42;
        assertThat(get(executor().submit(callable))).isEqualTo(42);
    }

    @Test
    @DisplayName("Callable.call may return null; Future.get: \"the computed result\"")
    void submitReturnsNull() throws Exception {
        TaskHandle<Object> handle = executor().submit(() -> ExecutorContract.<Object>nothing());
        assertThat(get(handle)).isNull();
        assertThat(handle.outcome()).isEqualTo(Optional.of(new TaskOutcome.Succeeded<>(null)));
    }

    @Test
    @DisplayName("ExecutorService.submit(Runnable): \"The Future's get method will return null upon successful "
            + "completion.\"")
    void submitReturnsNullForAnAction() throws Exception {
        Signal ran = signal("ran");
        assertThat(get(executor().submit(() -> ran.raise()))).isNull();
        assertThat(ran.isRaised()).isTrue();
    }

    @Test
    @DisplayName("ExecutorService.submit(Runnable, T): \"get method will return the given result upon successful "
            + "completion\"")
    void submitReturnsTheGivenResult() throws Exception {
        Signal ran = signal("ran");
        Action action = () -> ran.raise();
        assertThat(get(executor().submit(action, "result"))).isEqualTo("result");
        assertThat(ran.isRaised()).isTrue();
    }

    @Test
    @DisplayName("Future.get: \"ExecutionException - if the computation threw an exception\": unchecked, type and "
            + "message kept")
    void uncheckedExceptionIsTheCause() {
        TaskHandle<Object> handle = executor().submit(() -> failWith("unchecked"));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withCauseExactlyInstanceOf(IllegalStateException.class)
                .havingCause()
                .withMessage("unchecked");
    }

    private static Object failWith(String message) {
        throw new IllegalStateException(message);
    }

    @Test
    @DisplayName("Future.get: \"ExecutionException - if the computation threw an exception\": checked, type and "
            + "message kept")
    void checkedExceptionIsTheCause() {
        TaskHandle<Object> handle = executor().submit(() -> {
            throw new IOException("checked");
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withCauseExactlyInstanceOf(IOException.class)
                .havingCause()
                .withMessage("checked");
        assertThatIOException().isThrownBy(() -> {
            throw handle.exceptionNow();
        });
    }

    @Test
    @DisplayName("Future.get: \"ExecutionException - if the computation threw an exception\": Error, and the worker "
            + "is reused")
    void errorIsTheCause() throws Exception {
        for (int i = 0; i < 3; i++) {
            TaskHandle<Object> handle = executor().submit(() -> {
                throw new StackOverflowError("error");
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> get(handle))
                    .withCauseExactlyInstanceOf(StackOverflowError.class)
                    .havingCause()
                    .withMessage("error");
        }
        assertThat(get(executor().submit(() -> "alive"))).isEqualTo("alive");
    }

    @Test
    @DisplayName("FAULTS 1: the frames of the task show in the cause")
    void causeShowsTheFramesOfTheTask() throws Exception {
        TaskHandle<Object> handle = executor().submit(() -> failWith("where"));
        awaitEnd(handle);
        assertThat(handle.exceptionNow().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("failWith"));
    }

    @Test
    @DisplayName("DESIGN 1.2: a task given to execute that throws costs nothing but itself")
    void executeSurvivesACommandThatThrows() throws Exception {
        for (int i = 0; i < 3; i++) {
            executor().execute(() -> failWith("on purpose: it shows in the log"));
        }
        assertThat(get(executor().submit(() -> "alive"))).isEqualTo("alive");
    }

    @Test
    @DisplayName("DESIGN 1.1, 1.3: every accepted task reaches an outcome, and none runs twice")
    void everyTaskRunsOnce() throws Exception {
        Tally runs = tally("runs");
        int count = rounds(1_000, 100);
        List<TaskHandle<Integer>> handles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            handles.add(executor().submit(() -> {
                runs.add();
                return number;
            }));
        }
        for (int i = 0; i < count; i++) {
            assertThat(get(handles.get(i))).isEqualTo(i);
        }
        assertThat(runs.count()).isEqualTo(count);
    }

    @Test
    @DisplayName("ExecutorService: \"Actions in a thread prior to the submission of a task happen-before any "
            + "actions taken by that task, which in turn happen-before the result is retrieved via Future.get\"")
    void submissionHappensBeforeTheRunAndTheRunBeforeGet() throws Exception {
        assumeSharesMemory();
        for (int i = 1; i <= 1_000; i++) {
            int[] plain = {i, 0};
            TaskHandle<?> handle = executor().submit(() -> {
                plain[1] = plain[0] + 1;
            });
            get(handle);
            assertThat(plain[1]).isEqualTo(i + 1);
        }
    }

    @Test
    @DisplayName("DESIGN 1.8: a value arrives whole: 1 MiB there and back")
    void aLargeValueArrivesWhole() throws Exception {
        byte[] sent = new byte[1 << 20];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31);
        }
        assertThat(get(executor().submit(() -> sent.clone()))).isEqualTo(sent);
    }

    @Test
    @DisplayName("DESIGN 6: an interrupt that is pending where a task is submitted neither stops nor harms the "
            + "executor")
    void submitOnAnInterruptedThreadKeepsTheFlagAndRuns() throws Exception {
        Thread.currentThread().interrupt();
        TaskHandle<String> handle = executor().submit(() -> "value");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(get(handle)).isEqualTo("value");
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }
}
