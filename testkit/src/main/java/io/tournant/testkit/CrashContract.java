package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.core.Action;
import io.tournant.core.CircuitPolicy;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of tasks that cost the process that runs them: retries, quarantine, the circuit. */
public abstract class CrashContract extends RetryContract {

    private static final Duration LONG = Duration.ofHours(1);

    /** For subclasses. */
    protected CrashContract() {}

    /** Crashes before a given attempt, and returns the number of that. */
    private static int crashBefore(int attempt, Tally runs, Action crash) {
        runs.add();
        int now = TaskContext.current().attempt();
        if (now < attempt) {
            crash.run();
        }
        return now;
    }

    private TaskHandle<Integer> submit(TaskExecutor executor, int crashBefore, Tally runs) {
        Action crash = crash(3);
        return executor.submit(() -> crashBefore(crashBefore, runs, crash));
    }

    @Test
    @DisplayName(
            "DESIGN 1.3: nothing runs twice unless it is declared idempotent: a lost task is not retried without that")
    void aLostTaskIsNotRetriedWithoutIdempotence() throws Exception {
        assumeIsolatesCrashes();
        Tally runs = tally("runs");
        TaskHandle<Integer> handle = submit(executor().with(o -> o.retry(AT_ONCE)), 2, runs);
        assertLost(handle, new Crash.Exited(3));
        executor().close();
        assertThat(runs.count()).isEqualTo(1);
        assertThat(executor().stats().retried()).isZero();
    }

    @Test
    @DisplayName(
            "RetryPolicy: a task whose process died while it ran \"is run again only if it is idempotent as well\": again")
    void aLostTaskIsRetriedIfItIsIdempotent() throws Exception {
        assumeIsolatesCrashes();
        Tally runs = tally("runs");
        TaskHandle<Integer> handle =
                submit(executor().with(o -> o.retry(AT_ONCE).idempotent(true)), 2, runs);
        assertThat(get(handle)).isEqualTo(2);
        executor().close();
        assertThat(runs.count()).isEqualTo(2);
        assertThat(executor().stats().lost()).isZero();
        assertThat(executor().stats().retried()).isEqualTo(1);
    }

    @Test
    @DisplayName("DESIGN 4: \"A task that killed two workers is quarantined.\"")
    void aTaskThatKilledTwoWorkersIsInQuarantine() throws Exception {
        assumeIsolatesCrashes();
        Tally runs = tally("runs");
        TaskHandle<Integer> handle =
                submit(executor().with(o -> o.retry(AT_ONCE.maxAttempts(9)).idempotent(true)), 9, runs);
        awaitEnd(handle);
        WorkerCrashedException cause = (WorkerCrashedException) handle.exceptionNow();
        assertThat(cause.isQuarantined()).isTrue();
        assertThat(cause.crash()).isEqualTo(new Crash.Exited(3));
        assertThat(cause.getCause()).isInstanceOf(WorkerCrashedException.class);
        assertThat(handle.outcome().orElseThrow()).isEqualTo(new TaskOutcome.Lost<>(cause));
        executor().close();
        assertThat(runs.count()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "ExecutorOptions.quarantine: \"how many processes may die while they run the same task before it is not tried "
                    + "again\"")
    void quarantineBeginsWhereItIsSet() throws Exception {
        assumeIsolatesCrashes();
        executor(o -> o.quarantine(3));
        Tally runs = tally("runs");
        TaskHandle<Integer> handle =
                submit(executor().with(o -> o.retry(AT_ONCE.maxAttempts(9)).idempotent(true)), 3, runs);
        assertThat(get(handle)).isEqualTo(3);
    }

    // ------------------------------------------------------------------ the circuit

    private void lose(int tasks) throws Exception {
        for (int i = 0; i < tasks; i++) {
            TaskHandle<?> handle = executor().submit(crash(3));
            awaitEnd(handle);
            gone(handle);
        }
    }

    @Test
    @DisplayName("CircuitPolicy: \"submit fails at once, with reason CIRCUIT_OPEN and the last crash as the cause\"")
    void theCircuitOpens() throws Exception {
        assumeIsolatesCrashes();
        executor(o -> o.circuit(new CircuitPolicy(1, LONG, LONG)));
        lose(2);
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(() -> executor().submit(() -> "refused"))
                .withCauseInstanceOf(WorkerCrashedException.class)
                .extracting(RejectedTaskException::reason)
                .isEqualTo(Reason.CIRCUIT_OPEN);
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(() -> executor().trySubmit(() -> "refused"));
        assertThat(executor().stats().rejected()).isEqualTo(2);
        assertThat(executor().stats().lost()).isEqualTo(2);
    }

    @Test
    @DisplayName("CircuitPolicy: a task that finishes between two losses keeps the circuit closed")
    void aTaskThatFinishesKeepsTheCircuitClosed() throws Exception {
        assumeIsolatesCrashes();
        executor(o -> o.circuit(new CircuitPolicy(1, LONG, LONG)));
        for (int i = 0; i < 2; i++) {
            lose(1);
            gone(executor().submit(() -> "finished"));
        }
        lose(1);
        assertThat(get(executor().submit(() -> "taken"))).isEqualTo("taken");
    }

    @Test
    @DisplayName(
            "CircuitPolicy: \"After pause one task is let through as a probe; if it finishes … the circuit closes\"")
    void aProbeClosesTheCircuit() throws Exception {
        assumeIsolatesCrashes();
        executor(o -> o.circuit(new CircuitPolicy(1, LONG, Duration.ofMillis(100))));
        lose(2);
        AtomicReference<TaskHandle<String>> probe = new AtomicReference<>();
        Poll.until("the probe", () -> {
            try {
                probe.set(executor().submit(() -> "probe"));
                return true;
            } catch (RejectedTaskException e) {
                return false;
            }
        });
        assertThat(get(probe.get())).isEqualTo("probe");
        gone(probe.get());
        for (int i = 0; i < 3; i++) {
            assertThat(get(executor().submit(() -> "taken"))).isEqualTo("taken");
        }
    }

    @Test
    @DisplayName("ExecutorOptions.Builder.noCircuit: \"Has the executor take tasks whatever happens to them.\"")
    void withoutACircuitTasksAreTaken() throws Exception {
        assumeIsolatesCrashes();
        executor(o -> o.circuit(new CircuitPolicy(1, LONG, LONG)).noCircuit());
        lose(3);
        assertThat(get(executor().submit(() -> "taken"))).isEqualTo("taken");
    }
}
