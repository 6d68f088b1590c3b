package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.core.Action;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.Task;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskPhase;
import io.tournant.core.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code shutdown}, {@code shutdownNow} and {@code awaitTermination} promise. */
public abstract class LifecycleContract extends ContextContract {

    /** For subclasses. */
    protected LifecycleContract() {}

    @Test
    @DisplayName("ExecutorService.shutdown: \"previously submitted tasks are executed\"; it \"does not wait\" for them")
    void shutdownLetsAcceptedTasksFinish() throws Exception {
        Signal release = occupyAllWorkers();
        Tally runs = tally("runs");
        List<TaskHandle<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(executor().submit(() -> runs.add()));
        }
        executor().shutdown();
        assertThat(executor().isShutdown()).isTrue();
        assertThat(executor().isTerminated()).isFalse();
        assertThat(waiting).noneMatch(Future::isDone);
        release.raise();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(waiting).allMatch(handle -> handle.state() == Future.State.SUCCESS);
        assertThat(runs.count()).isEqualTo(5);
    }

    @Test
    @DisplayName("ExecutorService.shutdown: \"no new tasks will be accepted\": RejectedTaskException with SHUTDOWN, "
            + "counted")
    void afterShutdownTasksAreRejected() {
        Tally runs = tally("runs");
        Action action = () -> runs.add();
        Task<String> task = () -> "value";
        executor().shutdown();
        assertRejected(() -> executor().submit(task));
        assertRejected(() -> executor().submit((Callable<String>) task));
        assertRejected(() -> executor().submit(action));
        assertRejected(() -> executor().submit((Runnable) action));
        assertRejected(() -> executor().submit(action, "result"));
        assertRejected(() -> executor().trySubmit(task));
        assertRejected(() -> executor().execute(action));
        assertRejected(() -> executor().execute((Runnable) action));
        assertRejected(() -> executor().invokeAll(List.of(task)));
        assertRejected(() -> executor().invokeAny(List.of(task)));
        assertThat(executor().stats().rejected()).isEqualTo(10);
        assertThat(executor().stats().submitted()).isZero();
        assertThat(runs.count()).isZero();
    }

    private static void assertRejected(ThrowingCallable call) {
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(call)
                .extracting(RejectedTaskException::reason)
                .isEqualTo(RejectedTaskException.Reason.SHUTDOWN);
    }

    @Test
    @DisplayName("ExecutorService.shutdown: \"Invocation has no additional effect if already shut down.\"")
    void shutdownTwiceIsShutdown() throws Exception {
        executor().shutdown();
        executor().shutdown();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(executor().shutdownNow()).isEmpty();
        executor().shutdown();
        assertThat(executor().isTerminated()).isTrue();
    }

    @Test
    @DisplayName("ExecutorService.shutdownNow: \"returns a list of the tasks that were awaiting execution\"; their "
            + "handles are cancelled")
    void shutdownNowReturnsWhatNeverStarted() throws Exception {
        Signal release = occupyAllWorkers();
        Tally runs = tally("runs");
        Action action = () -> runs.add();
        List<TaskHandle<?>> waiting = new ArrayList<>();
        waiting.add(executor().submit(action));
        waiting.add(executor().submit(action, "result"));
        waiting.add(executor().submit(() -> {
            runs.add();
            return "value";
        }));
        executor().execute(action);
        List<Runnable> withdrawn = executor().shutdownNow();
        assertThat(withdrawn).hasSize(4);
        assertThat(withdrawn).filteredOn(runnable -> runnable.equals(action)).hasSize(3);
        assertThat(waiting).allMatch(Future::isCancelled);
        for (TaskHandle<?> handle : waiting) {
            assertThat(gone(handle)).isEqualTo(new Termination(false));
        }
        release.raise();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(runs.count()).isZero();
        withdrawn.forEach(Runnable::run); // by hand, here
        assertThat(runs.count()).isEqualTo(4);
    }

    @Test
    @DisplayName("ExecutorService.shutdownNow: \"Attempts to stop all actively executing tasks\"; their handles are "
            + "done at once")
    void shutdownNowCancelsWhatRuns() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        assertThat(executor().shutdownNow()).isEmpty();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(executor().isShutdown()).isTrue();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
    }

    @Test
    @DisplayName("ExecutorService.shutdownNow: \"Attempts to stop all actively executing tasks\", cancelled before "
            + "with cancel(false) too")
    void shutdownNowInterruptsWhatWasCancelledWithoutInterruption() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        Signal interrupted = signal("interrupted");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release, interrupted));
        started.await();
        assertThat(handle.cancel(false)).isTrue();
        assertThat(executor().shutdownNow()).isEmpty();
        interrupted.await();
        assertThat(isTerminatedInTime()).isTrue();
    }

    @Test
    @DisplayName("ExecutorService.isTerminated: \"true if all tasks have completed following shut down\", and "
            + "\"never true unless either shutdown or shutdownNow was called first\"")
    void terminatedFollowsTheLastTask() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        assertThat(executor().isShutdown()).isFalse();
        assertThat(executor().isTerminated()).isFalse();
        executor().shutdown();
        assertThat(executor().isTerminated()).isFalse();
        assertThat(executor().awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        release.raise();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(executor().isTerminated()).isTrue();
        assertThat(handle.resultNow()).isEqualTo("released");
    }

    @Test
    @DisplayName("ExecutorService.awaitTermination: \"false if the timeout elapsed\"; \"InterruptedException - if "
            + "interrupted while waiting\"")
    void awaitTerminationTimesOutAndIsInterruptible() throws Exception {
        assertThat(executor().awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> executor().awaitTermination(1, TimeUnit.MINUTES));
        assertThat(executor().isShutdown()).isFalse();
    }

    @Test
    @DisplayName("FAULTS 19: a task that submits during shutdown gets RejectedExecutionException")
    void aTaskThatSubmitsDuringShutdownIsRejected() throws Exception {
        assumeSharesMemory();
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> {
            started.hold(release);
            try {
                return executor().submit(() -> "too late").toString();
            } catch (RejectedTaskException e) {
                return e.reason().name();
            }
        });
        started.await();
        executor().shutdown();
        release.raise();
        assertThat(get(handle)).isEqualTo("SHUTDOWN");
    }

    @Test
    @DisplayName("DESIGN 1.1: submit against shutdown: a task is refused, or reaches an outcome")
    void submitAgainstShutdownLosesNothing() throws Exception {
        ConcurrentLinkedQueue<TaskHandle<String>> accepted = new ConcurrentLinkedQueue<>();
        List<Future<Boolean>> submitters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            submitters.add(beside(() -> submitUntilRefused(accepted)));
        }
        Poll.until("some tasks", () -> accepted.size() > rounds(1_000, 20));
        executor().shutdown();
        for (Future<Boolean> submitter : submitters) {
            assertThat(get(submitter)).isTrue();
        }
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(accepted)
                .allMatch(handle -> handle.phase() == TaskPhase.TERMINATED
                        && handle.resultNow().equals("value"));
        assertThat(executor().stats().succeeded()).isEqualTo(accepted.size());
    }

    private boolean submitUntilRefused(ConcurrentLinkedQueue<TaskHandle<String>> accepted) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                accepted.add(executor().submit(() -> "value"));
            } catch (RejectedTaskException e) {
                return e.reason() == RejectedTaskException.Reason.SHUTDOWN;
            }
        }
        return false;
    }
}
