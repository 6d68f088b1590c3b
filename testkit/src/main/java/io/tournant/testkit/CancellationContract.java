package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.Termination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What cancellation does to a task: waiting, running and ended. */
public abstract class CancellationContract extends FutureContract {

    /** For subclasses. */
    protected CancellationContract() {}

    @Test
    @DisplayName("Future.cancel: \"If this task has not started when cancel is called, this task should never run.\"")
    void aTaskCancelledBeforeItsStartNeverRuns() throws Exception {
        Signal release = occupyAllWorkers();
        Tally runs = tally("runs");
        TaskHandle<?> withInterrupt = executor().submit(() -> runs.add());
        TaskHandle<?> without = executor().submit(() -> runs.add());
        TaskHandle<String> kept = executor().submit(() -> "kept");
        assertThat(withInterrupt.phase()).isEqualTo(TaskPhase.READY);
        assertThat(withInterrupt.cancel(true)).isTrue();
        assertThat(without.cancel(false)).isTrue();
        assertThat(gone(withInterrupt)).isEqualTo(new Termination(false));
        assertThat(gone(without)).isEqualTo(new Termination(false));
        release.raise();
        assertThat(get(kept)).isEqualTo("kept");
        executor().close();
        assertThat(runs.count()).isZero();
    }

    @Test
    @DisplayName("DESIGN 4: cancel(true) makes the handle cancelled at once; termination() completes when the work "
            + "is gone")
    void aRunningTaskIsCancelledAtOnceAndGoneLater() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = patient().submit(() -> started.holdIgnoringInterrupts(release));
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        assertThat(handle.isDone()).isTrue();
        assertThat(handle.outcome()).contains(new TaskOutcome.Cancelled<>());
        CompletableFuture<Termination> gone = handle.termination().toCompletableFuture();
        assertThat(gone).isNotDone();
        release.raise();
        assertThat(get(gone)).isEqualTo(new Termination(false));
        assertThat(handle.outcome()).contains(new TaskOutcome.Cancelled<>());
    }

    /** A view whose tasks have time to end by themselves after a cancellation, where they could be killed. */
    private TaskExecutor patient() {
        return executor().with(o -> o.cancelGrace(Duration.ofMinutes(5)));
    }

    @Test
    @DisplayName("Future.cancel: \"mayInterruptIfRunning determines whether the thread executing this task … is "
            + "interrupted\": true")
    void cancelWithInterruptionInterruptsTheTask() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        Signal interrupted = signal("interrupted");
        TaskHandle<String> handle = patient().submit(() -> started.hold(release, interrupted));
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        interrupted.await();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        assertThat(handle.isCancelled()).isTrue();
    }

    @Test
    @DisplayName("DESIGN 4: cancel(false) sets the flag, and the work is not interrupted")
    void cancelWithoutInterruptionOnlySetsTheFlag() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        Signal verdict = signal("verdict");
        TaskHandle<?> handle = patient().submit(() -> {
            started.raise();
            Signal.awaitCancellation();
            boolean interrupted = Thread.currentThread().isInterrupted();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            verdict.say("interrupted=" + interrupted);
        });
        started.await();
        assertThat(handle.cancel(false)).isTrue();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(handle.termination().toCompletableFuture()).isNotDone();
        release.raise();
        assertThat(verdict.text()).isEqualTo("interrupted=false");
        assertThat(gone(handle)).isEqualTo(new Termination(false));
    }

    @Test
    @DisplayName("TaskContext.isCancelled: true \"from then on\"; checkCancelled throws CancellationException")
    void theTaskSeesThatItIsCancelled() throws Exception {
        assumeRunsBesideTheCaller();
        Signal verdict = signal("verdict");
        Signal started = signal("started");
        TaskHandle<?> handle = patient().submit(() -> {
            TaskContext context = TaskContext.current();
            context.checkCancelled();
            started.raise();
            Signal.awaitCancellation();
            try {
                context.checkCancelled();
            } catch (CancellationException e) {
                verdict.say("thrown");
            }
        });
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        assertThat(verdict.text()).isEqualTo("thrown");
    }

    @Test
    @DisplayName("TaskContext.onCancel: \"runs once when the task is cancelled\", \"at once if it was already\", "
            + "not when closed; \"what it throws is logged\"")
    void cancellationCallbacksRunOnce() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        Tally first = tally("first");
        Tally removed = tally("removed");
        Tally second = tally("second");
        Tally late = tally("late");
        TaskHandle<?> handle = patient().submit(() -> {
            TaskContext context = TaskContext.current();
            context.onCancel(first::add);
            context.onCancel(removed::add).close();
            context.onCancel(() -> {
                throw new IllegalStateException("on purpose: it shows in the log");
            });
            context.onCancel(second::add);
            started.raise();
            release.awaitIgnoringInterrupts();
            second.awaitOne();
            context.onCancel(late::add);
        });
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        assertThat(handle.cancel(true)).isFalse();
        release.raise();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        assertThat(List.of(first.count(), removed.count(), second.count(), late.count()))
                .containsExactly(1L, 0L, 1L, 1L);
    }

    @Test
    @DisplayName("FAULTS 17: the interrupt meant for a cancelled task never reaches the next one on its thread")
    void theInterruptOfACancelledTaskDoesNotReachTheNext() throws Exception {
        assumeRunsBesideTheCaller();
        int width = workers().orElse(2);
        for (int round = rounds(300, 10); round > 0; round--) {
            List<TaskHandle<?>> victims = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                victims.add(patient().submit(CancellationContract::spinUntilCancelled));
                awaitRunning(victims.getLast());
            }
            List<TaskHandle<Boolean>> next = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                next.add(executor().submit(CancellationContract::isEverInterrupted));
            }
            victims.forEach(victim -> victim.cancel(true));
            for (TaskHandle<Boolean> handle : next) {
                assertThat(get(handle)).isFalse();
            }
        }
    }

    /** Ends as soon as it is cancelled, perhaps before the interrupt has arrived. */
    @SuppressWarnings("ThreadPriorityCheck") // a virtual thread must let the others run
    private static void spinUntilCancelled() {
        TaskContext context = TaskContext.current();
        while (!context.isCancelled()) {
            Thread.yield();
        }
    }

    private static boolean isEverInterrupted() {
        boolean interrupted = false;
        for (int i = 0; i < 1_000; i++) {
            interrupted |= Thread.currentThread().isInterrupted();
            Thread.onSpinWait();
        }
        return interrupted;
    }

    @Test
    @DisplayName("FAULTS 17: a task that leaves the interrupt flag set does not pass it on")
    void theFlagThatATaskSetsDoesNotReachTheNext() throws Exception {
        for (int i = 0; i < 20; i++) {
            get(executor().submit(() -> Thread.currentThread().interrupt()));
            assertThat(get(executor().submit(CancellationContract::isEverInterrupted)))
                    .isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    @DisplayName("FAULTS 58: submit/cancel races: each future completes exactly once, and all accounts agree")
    void racingCancellationsCompleteEachTaskOnce() throws Exception {
        int count = rounds(10_000, 300);
        BlockingQueue<TaskHandle<Integer>> submitted = new ArrayBlockingQueue<>(count);
        LongAdder completions = new LongAdder();
        Future<Integer> canceller = beside(() -> {
            int cancelled = 0;
            for (int i = 0; i < count; i++) {
                cancelled += submitted.take().cancel(i % 2 == 0) ? 1 : 0;
            }
            return cancelled;
        });
        List<TaskHandle<Integer>> handles = new ArrayList<>();
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TaskHandle<Integer> handle = executor().submit(() -> 1);
            futures.add(handle.toCompletableFuture().whenComplete((value, failure) -> completions.increment()));
            handles.add(handle);
            submitted.add(handle);
        }
        int cancelled = get(canceller);
        executor().close();
        assertThat(handles).allMatch(Future::isDone);
        assertThat(futures).allMatch(Future::isDone);
        assertThat(handles).filteredOn(Future::isCancelled).hasSize(cancelled);
        assertThat(handles).filteredOn(handle -> !handle.isCancelled()).allMatch(handle -> handle.resultNow() == 1);
        assertThat(completions.sum()).isEqualTo(count);
        assertThat(executor().stats().cancelled()).isEqualTo(cancelled);
        assertThat(executor().stats().succeeded()).isEqualTo(count - cancelled);
    }
}
