package io.tournant.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tournant.core.Placement;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.Termination;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.CancelMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A run from the side of the backend, which the contract does not reach. */
class ManagedTaskTest {

    private static final Placement ELSEWHERE = new Placement.Elsewhere("a test");

    private final List<String> told = new ArrayList<>();
    private final TaskOwner owner = new TaskOwner() {
        @Override
        public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
            told.add("outcome");
        }

        @Override
        public void onGone(ManagedTask<?> task) {
            told.add("gone");
        }

        @Override
        public void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {
            told.add("cancel " + mode);
        }
    };

    private ManagedTask<Integer> ready() {
        ManagedTask<Integer> task = new ManagedTask<>(new TaskId(7), TaskOptions.ofDefaults(), () -> 1, owner);
        task.ready();
        return task;
    }

    private ManagedTask<Integer> running() {
        ManagedTask<Integer> task = ready();
        assertThat(task.begin(ELSEWHERE)).isTrue();
        return task;
    }

    private static WorkerCrashedException crash() {
        return new WorkerCrashedException(
                "on purpose", new WorkerCrashedException.Crash.Signal(9), 1, Duration.ZERO, "");
    }

    @Test
    void anOrdinaryEndIsToldOnceInOrder() {
        ManagedTask<Integer> task = running();
        task.succeed(2);
        assertThat(task.resultNow()).isEqualTo(2);
        assertThat(task.placement()).contains(ELSEWHERE);
        assertThat(told).containsExactly("outcome", "gone");
    }

    @Test
    void aSecondEndIsAViolation() {
        ManagedTask<Integer> task = running();
        task.succeed(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> task.succeed(3))
                .withMessageContaining("task-7")
                .withMessageContaining("TERMINATED");
        assertThatIllegalStateException().isThrownBy(() -> task.fail(new IllegalStateException()));
        assertThatIllegalStateException().isThrownBy(() -> task.lose(crash()));
        assertThat(task.resultNow()).isEqualTo(2);
        assertThat(told).containsExactly("outcome", "gone");
    }

    @Test
    void aValueWithoutABeginningIsAViolation() {
        ManagedTask<Integer> task = ready();
        assertThatIllegalStateException().isThrownBy(() -> task.succeed(2)).withMessageContaining("READY");
        assertThat(task.phase()).isEqualTo(TaskPhase.READY);
        assertThat(told).isEmpty();
    }

    @Test
    void aRunThatCannotBePlacedFailsOrIsLostWithoutABeginning() {
        ManagedTask<Integer> failed = ready();
        failed.fail(new IllegalStateException("no place"));
        assertThat(failed.exceptionNow()).hasMessage("no place");
        ManagedTask<Integer> lost = ready();
        lost.lose(crash());
        assertThat(lost.exceptionNow()).isExactlyInstanceOf(WorkerCrashedException.class);
        assertThat(told).containsExactly("outcome", "gone", "outcome", "gone");
    }

    @Test
    void aRunCancelledBeforeItBeganDoesNotBeginAndMayBeReportedLate() {
        ManagedTask<Integer> task = ready();
        assertThat(task.cancel(true)).isTrue();
        assertThat(task.begin(ELSEWHERE)).isFalse();
        assertThat(task.placement()).isEmpty();
        task.lose(crash());
        task.run();
        assertThat(task.isCancelled()).isTrue();
        assertThat(told).containsExactly("outcome", "gone");
    }

    @Test
    void theEndOfACancelledRunIsTheNewsThatTheWorkIsGone() {
        ManagedTask<Integer> task = running();
        assertThat(task.cancel(true)).isTrue();
        assertThat(told).containsExactly("outcome", "cancel INTERRUPT");
        assertThat(task.termination().toCompletableFuture()).isNotDone();
        task.succeed(2);
        assertThat(task.isCancelled()).isTrue();
        assertThat(task.termination().toCompletableFuture()).isCompletedWithValue(new Termination(false));
        assertThat(told).containsExactly("outcome", "cancel INTERRUPT", "gone");
    }

    @Test
    void stoppingEscalatesACancellationWithoutInterruptionOnce() {
        ManagedTask<Integer> task = running();
        assertThat(task.cancel(false)).isTrue();
        task.cancel(true);
        task.cancel(true);
        assertThat(told).containsExactly("outcome", "cancel COOPERATIVE", "cancel INTERRUPT");
        task.fail(new IllegalStateException());
        task.cancel(true);
        assertThat(told).containsExactly("outcome", "cancel COOPERATIVE", "cancel INTERRUPT", "gone");
    }

    @Test
    void anAbandonedRunIsGoneAndMayBeReportedLate() {
        ManagedTask<Integer> task = running();
        task.abandon();
        assertThat(task.isCancelled()).isTrue();
        assertThat(task.termination().toCompletableFuture()).isCompletedWithValue(new Termination(true));
        task.succeed(2);
        task.abandon();
        assertThat(told).containsExactly("outcome", "cancel INTERRUPT", "gone");
    }

    @Test
    void theCodeIsDroppedAtTheEnd() {
        ManagedTask<Integer> task = running();
        assertThat(task.body()).isNotNull();
        task.succeed(2);
        assertThatIllegalStateException().isThrownBy(task::body).withMessageContaining("task-7");
    }

    /** Promise 1: the clock may want a thread when the system has none. */
    @Test
    void aTaskWhoseClockCannotStartFails() {
        Timers timers = new Timers("closed");
        timers.close();
        TaskOptions options = TaskOptions.ofDefaults().timeout(Duration.ofMinutes(1));
        ManagedTask<Integer> task = ManagedTask.of(new TaskId(7), options, (Callable<Integer>) () -> 1, owner, timers);
        task.ready();
        task.run();
        assertThat(task.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
        assertThat(told).containsExactly("outcome", "gone");
    }

    @Test
    void aRunThatBeginsWhileItsExecutorStopsIsCancelled() {
        TaskOwner stopping = new TaskOwner() {
            @Override
            public boolean isStopping() {
                return true;
            }
        };
        ManagedTask<Integer> task = new ManagedTask<>(
                new TaskId(7),
                TaskOptions.ofDefaults(),
                () -> {
                    throw new AssertionError("it must not run");
                },
                stopping);
        task.ready();
        task.run();
        assertThat(task.isCancelled()).isTrue();
    }

    /** A view that is cancelled between the end of the task and its own ends as the task did. */
    @Test
    void cancellingTheFutureOfATaskThatHasEndedChangesNothing() {
        ManagedTask<Integer> task = running();
        TaskFuture<Integer> view = new TaskFuture<>(task); // not yet told of the end
        task.succeed(2);
        assertThat(view.cancel(true)).isFalse();
        assertThat(view).isCompletedWithValue(2);
        assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
    }

    @Test
    void cancellingAFutureMadeFromTheFutureDoesNotTouchTheTask() {
        ManagedTask<Integer> task = running();
        CompletableFuture<String> dependent = task.toCompletableFuture().thenApply(String::valueOf);
        assertThat(dependent.cancel(true)).isTrue();
        assertThat(task.isDone()).isFalse();
    }

    @Test
    void theNameIsTheOneGivenOrMadeFromTheId() {
        TaskOptions named = TaskOptions.ofDefaults().name("thumbnail");
        assertThat(new ManagedTask<>(new TaskId(7), named, () -> 1, owner).name())
                .isEqualTo("thumbnail");
        assertThat(ready().name()).isEqualTo("task-7");
        assertThat(ready()).hasToString("task-7[READY]");
    }
}
