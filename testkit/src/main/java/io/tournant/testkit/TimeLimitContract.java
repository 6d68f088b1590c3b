package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.core.Placement;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskTimeoutException;
import io.tournant.core.Termination;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What timeouts and deadlines do. */
public abstract class TimeLimitContract extends CancellationContract {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** For subclasses. */
    protected TimeLimitContract() {}

    @Test
    @DisplayName("DESIGN 4: a timeout is TimedOut, FAILED, and ExecutionException with TaskTimeoutException")
    void aTaskPastItsTimeoutIsTimedOut() throws Exception {
        Signal started = signal("started");
        Signal release = signal("release");
        Signal interrupted = signal("interrupted");
        TaskHandle<String> handle = executor()
                .with(o -> o.timeout(SHORT).cancelGrace(LONG))
                .submit(() -> started.hold(release, interrupted));
        assertTimedOut(handle, SHORT);
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        assertThat(!started.isRaised() || interrupted.isRaised()).isTrue();
    }

    private static void assertTimedOut(TaskHandle<?> handle, Duration limit) throws Exception {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withCauseExactlyInstanceOf(TaskTimeoutException.class);
        assertThat(handle.state()).isEqualTo(Future.State.FAILED);
        assertThat(handle.isCancelled()).isFalse();
        TaskTimeoutException cause = (TaskTimeoutException) handle.exceptionNow();
        assertThat(cause.limit()).isEqualTo(limit);
        assertThat(handle.outcome().orElseThrow()).isEqualTo(new TaskOutcome.TimedOut<>(cause));
    }

    @Test
    @DisplayName("DESIGN 4: TimedOut carries a stack dump of the task taken just before")
    void aTimeoutShowsWhereTheTaskStood() throws Exception {
        assumeSharesMemory();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle =
                executor().with(o -> o.timeout(Duration.ofMillis(500))).submit(() -> started.hold(release));
        awaitEnd(handle);
        TaskTimeoutException cause = (TaskTimeoutException) handle.exceptionNow();
        assertThat(cause.taskStack()).anyMatch(frame -> frame.getMethodName().equals("hold"));
    }

    @Test
    @DisplayName("DESIGN 4: the deadline ends a task that runs")
    void aRunningTaskPastItsDeadlineIsTimedOut() throws Exception {
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().with(o -> o.deadline(SHORT)).submit(() -> started.hold(release));
        assertTimedOut(handle, SHORT);
        assertThat(gone(handle)).isEqualTo(new Termination(false));
    }

    @Test
    @DisplayName("DESIGN 4: the deadline counts from submit, and ends a task that waits; it never runs")
    void aWaitingTaskPastItsDeadlineIsTimedOut() throws Exception {
        Signal release = occupyAllWorkers();
        Tally runs = tally("runs");
        TaskHandle<?> handle = executor().with(o -> o.deadline(SHORT)).submit(() -> runs.add());
        assertTimedOut(handle, SHORT);
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        release.raise();
        executor().close();
        assertThat(runs.count()).isZero();
    }

    @Test
    @DisplayName("DESIGN 4: timeout counts from RUNNING, deadline from submit; TaskContext.remaining tells")
    void theTimeoutCountsFromTheStartAndTheDeadlineFromSubmit() throws Exception {
        Signal release = occupyAllWorkers();
        TaskHandle<Duration> timeout = executor().with(o -> o.timeout(LONG)).submit(TimeLimitContract::remaining);
        TaskHandle<Duration> deadline = executor().with(o -> o.deadline(LONG)).submit(TimeLimitContract::remaining);
        long submitted = System.nanoTime();
        Duration waited = Duration.ofMillis(300);
        Poll.until("time in the queue", () -> System.nanoTime() - submitted > waited.toNanos());
        release.raise();
        assertThat(get(timeout)).isLessThanOrEqualTo(LONG).isGreaterThan(LONG.minus(waited));
        assertThat(get(deadline)).isLessThan(LONG.minus(waited));
    }

    private static Duration remaining() {
        return TaskContext.current().remaining().orElseThrow();
    }

    @Test
    @DisplayName("TaskContext.remaining: \"empty if there is no limit\", and the nearer of two")
    void remainingIsTheNearerLimit() throws Exception {
        assertThat(get(executor().submit(() -> TaskContext.current().remaining().isEmpty())))
                .isTrue();
        TaskExecutor both = executor().with(o -> o.timeout(LONG).deadline(LONG.multipliedBy(2)));
        assertThat(get(both.submit(TimeLimitContract::remaining))).isPositive().isLessThanOrEqualTo(LONG);
        TaskExecutor swapped =
                executor().with(o -> o.timeout(LONG.multipliedBy(2)).deadline(LONG));
        assertThat(get(swapped.submit(TimeLimitContract::remaining)))
                .isPositive()
                .isLessThanOrEqualTo(LONG);
    }

    @Test
    @DisplayName("DESIGN 4: a task within its limits keeps its value")
    void aTaskWithinItsLimitsSucceeds() throws Exception {
        TaskHandle<String> handle =
                executor().with(o -> o.timeout(LONG).deadline(LONG)).submit(() -> "value");
        assertThat(get(handle)).isEqualTo("value");
        executor().close();
        assertThat(handle.resultNow()).isEqualTo("value");
        assertThat(executor().stats().timedOut()).isZero();
    }

    @Test
    @DisplayName("DESIGN 1.4: on a thread a timeout interrupts, and termination() waits for work that goes on")
    void workThatIgnoresItsTimeoutIsWaitedFor() throws Exception {
        assumeCannotEndWork();
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle =
                executor().with(o -> o.timeout(SHORT)).submit(() -> started.holdIgnoringInterrupts(release));
        assertTimedOut(handle, SHORT);
        started.await();
        assertThat(handle.termination().toCompletableFuture()).isNotDone();
        release.raise();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
    }

    @Test
    @DisplayName("DESIGN 1.4: a deadline or cancellation on a process task ends the work, whatever it ignores")
    void workThatIgnoresItsTimeoutIsEnded() throws Exception {
        assumeEndsWork();
        Signal started = signal("started");
        Signal release = signal("release");
        Duration limit = Duration.ofMillis(500);
        TaskHandle<String> timedOut = ignoringItsTimeout(limit, started, release);
        while (!started.isRaised()) { // it counts from before the code begins, and that may take long on a busy machine
            limit = limit.multipliedBy(2);
            timedOut = ignoringItsTimeout(limit, started, release);
        }
        Optional<Placement> place = timedOut.placement();
        assertTimedOut(timedOut, limit);
        assertThat(gone(timedOut)).isEqualTo(new Termination(false));
        if (place.orElseThrow() instanceof Placement.InProcess process) {
            Poll.until("end of the process", () -> !isAlive(process.pid()));
        }
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    private TaskHandle<String> ignoringItsTimeout(Duration limit, Signal started, Signal release) throws Exception {
        TaskHandle<String> handle = executor()
                .with(o -> o.timeout(limit).cancelGrace(SHORT))
                .submit(() -> started.holdIgnoringInterrupts(release));
        gone(handle);
        return handle;
    }

    @Test
    @DisplayName("DESIGN 4: cancel(true) on a process ends the work after the grace, whatever it ignores")
    void workThatIgnoresItsCancellationIsEnded() throws Exception {
        assumeEndsWork();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle =
                executor().with(o -> o.cancelGrace(SHORT)).submit(() -> started.holdIgnoringInterrupts(release));
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        assertThat(release.isRaised()).isFalse();
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
