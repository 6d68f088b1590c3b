package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.RejectionPolicy;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an executor promises that was told how many tasks run and wait, and what to do with more. */
public abstract class AdmissionContract extends CrashContract {

    private static final Duration LONG = Duration.ofHours(1);

    /** For subclasses. */
    protected AdmissionContract() {}

    /** Opens an executor that runs one task at a time, and lets some wait. */
    private void oneAtATime(int waiting, RejectionPolicy policy) {
        assumeRunsBesideTheCaller();
        executor(o -> o.concurrency(1).queueCapacity(waiting).whenSaturated(policy));
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(call)
                .extracting(RejectedTaskException::reason)
                .isEqualTo(reason);
    }

    @Test
    @DisplayName("ExecutorOptions.concurrency: \"how many tasks run at once at most\"")
    void concurrencyIsNeverExceeded() throws Exception {
        assumeRunsBesideTheCaller();
        executor(o -> o.concurrency(1));
        Journal place = journal("place");
        List<TaskHandle<?>> handles = new ArrayList<>();
        for (int i = 0; i < rounds(300, 30); i++) {
            handles.add(executor().submit(() -> place.alone()));
        }
        for (TaskHandle<?> handle : handles) {
            get(handle); // fails if it was not alone
        }
    }

    @Test
    @DisplayName("ExecutorOptions.concurrency: as many as that do run at once")
    void concurrencyIsReached() throws Exception {
        assumeRunsTwoTasksAtOnce();
        executor(o -> o.concurrency(2));
        Signal first = signal("first");
        Signal second = signal("second");
        TaskHandle<String> one = executor().submit(() -> first.hold(second));
        TaskHandle<String> other = executor().submit(() -> second.hold(first));
        assertThat(get(one)).isEqualTo("released");
        assertThat(get(other)).isEqualTo("released");
    }

    @Test
    @DisplayName("ExecutorOptions: waiting tasks of equal priority begin in the order of their submission")
    void theLineKeepsItsOrder() throws Exception {
        assumeRunsBesideTheCaller();
        executor(o -> o.concurrency(1));
        Signal release = occupy(1);
        Journal journal = journal("journal");
        for (String name : List.of("a", "b", "c", "d", "e")) {
            executor().execute(() -> journal.add(name));
        }
        release.raise();
        executor().close();
        assertThat(journal.text()).isEqualTo("abcde");
    }

    @Test
    @DisplayName(
            "ExecutorOptions.queueCapacity: \"how many accepted tasks wait at most\"; the next is refused as SATURATED")
    void theQueueIsBounded() throws Exception {
        oneAtATime(2, RejectionPolicy.abort());
        Signal release = occupy(1);
        List<TaskHandle<String>> accepted = new ArrayList<>();
        accepted.add(executor().submit(() -> "value"));
        accepted.add(executor().submit(() -> "value"));
        assertRefused(Reason.SATURATED, () -> executor().submit(() -> "too much"));
        assertRefused(Reason.SATURATED, () -> executor().execute(() -> {}));
        release.raise();
        for (TaskHandle<String> handle : accepted) {
            assertThat(get(handle)).isEqualTo("value");
            gone(handle);
        }
        Poll.until("room", () -> executor().trySubmit(() -> "again").isPresent());
    }

    @Test
    @DisplayName("ExecutorOptions.queueCapacity: \"0 to take only what can run at once\"")
    void aQueueOfNothingTakesWhatCanRun() throws Exception {
        oneAtATime(0, RejectionPolicy.abort());
        Signal release = occupy(1);
        assertRefused(Reason.SATURATED, () -> executor().submit(() -> "too much"));
        assertThat(release.isRaised()).isFalse();
    }

    @Test
    @DisplayName("TaskExecutor.trySubmit: \"empty if the executor is saturated\", whatever the policy; it never waits")
    void trySubmitNeverWaits() throws Exception {
        oneAtATime(0, RejectionPolicy.block(LONG));
        occupy(1);
        assertThat(executor().trySubmit(() -> "too much")).isEmpty();
        assertThat(executor().stats().rejected()).isEqualTo(1);
    }

    @Test
    @DisplayName("Future.cancel: a waiting task that is cancelled makes room for another")
    void aCancelledTaskMakesRoom() throws Exception {
        oneAtATime(1, RejectionPolicy.abort());
        Signal release = occupy(1);
        TaskHandle<String> waiting = executor().submit(() -> "never");
        assertRefused(Reason.SATURATED, () -> executor().submit(() -> "too much"));
        assertThat(waiting.cancel(false)).isTrue();
        TaskHandle<String> next = executor().submit(() -> "next");
        release.raise();
        assertThat(get(next)).isEqualTo("next");
    }

    @Test
    @DisplayName("TaskOptions.deadline: a waiting task past its deadline makes room for another")
    void aTaskPastItsDeadlineMakesRoom() throws Exception {
        oneAtATime(1, RejectionPolicy.abort());
        Signal release = occupy(1);
        gone(executor().with(o -> o.deadline(Duration.ofMillis(50))).submit(() -> "never"));
        Poll.until("room", () -> executor().trySubmit(() -> "next").isPresent());
        release.raise();
        executor().close();
        assertThat(executor().stats().succeeded()).isEqualTo(2);
    }

    @Test
    @DisplayName("RejectionPolicy.Block: \"Waits for room\"")
    void blockingWaitsForRoom() throws Exception {
        oneAtATime(0, RejectionPolicy.block(LONG));
        Signal release = occupy(1);
        Future<Boolean> submitter = beside(() -> {
            TaskHandle<String> handle = executor().submit(() -> "value");
            return release.isRaised() && get(handle).equals("value");
        });
        release.raise();
        assertThat(get(submitter)).isTrue();
    }

    @Test
    @DisplayName("RejectionPolicy.Block: \"and then does as Abort\"")
    void blockingEndsWithItsTime() throws Exception {
        oneAtATime(0, RejectionPolicy.block(Duration.ofMillis(20)));
        occupy(1);
        assertRefused(Reason.SATURATED, () -> executor().submit(() -> "too much"));
        assertThat(executor().stats().rejected()).isEqualTo(1);
    }

    @Test
    @DisplayName("RejectionPolicy.Block: \"Interruption ends the wait: the task is refused and the flag stays set.\"")
    void blockingIsInterruptible() throws Exception {
        oneAtATime(0, RejectionPolicy.block(LONG));
        occupy(1);
        Thread.currentThread().interrupt();
        assertRefused(Reason.SATURATED, () -> executor().submit(() -> "too much"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName(
            "ExecutorService.shutdown: \"no new tasks will be accepted\": a submitter that waits for room is let go")
    void blockingEndsWithTheExecutor() throws Exception {
        oneAtATime(0, RejectionPolicy.block(LONG));
        occupy(1);
        FutureTask<Boolean> refused = new FutureTask<>(() -> {
            assertRefused(Reason.SHUTDOWN, () -> executor().submit(() -> "too late"));
            return true;
        });
        Thread submitter = Thread.ofPlatform().daemon().start(refused);
        Poll.until("the wait", () -> submitter.getState() == Thread.State.TIMED_WAITING);
        executor().shutdown();
        assertThat(get(refused)).isTrue();
    }

    @Test
    @DisplayName(
            "RejectionPolicy.Block: \"A task of the same executor does not wait …: what it submits runs at once on its "
                    + "thread.\"")
    void aTaskDoesNotWaitForItsOwnRoom() throws Exception {
        assumeSharesMemory();
        oneAtATime(0, RejectionPolicy.block(LONG));
        TaskHandle<Boolean> outer = executor().submit(() -> {
            TaskHandle<Thread> inner = TaskContext.current().executor().submit(Thread::currentThread);
            return inner.isDone() && inner.get().equals(Thread.currentThread());
        });
        assertThat(get(outer)).isTrue();
    }

    @Test
    @DisplayName("RejectionPolicy.CallerRuns: \"Runs the task on the submitting thread before submit returns\"")
    void theCallerRunsWhatIsTooMuch() throws Exception {
        assumeSharesMemory();
        oneAtATime(0, RejectionPolicy.callerRuns());
        occupy(1);
        TaskHandle<Thread> handle = executor().submit(Thread::currentThread);
        assertThat(handle.isDone()).isTrue();
        assertThat(get(handle)).isEqualTo(Thread.currentThread());
        assertThat(executor().stats().rejected()).isZero();
    }

    @Test
    @DisplayName(
            "RejectionPolicy.CallerRuns: \"For backends that share memory with their submitter.\"; others refuse it")
    void callerRunsNeedsSharedMemory() {
        assumeCopies();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> open(o -> o.concurrency(1).queueCapacity(0).whenSaturated(RejectionPolicy.callerRuns())));
    }

    @Test
    @DisplayName(
            "TaskExecutors: \"IllegalArgumentException - if an option … does not fit\": no queue before the caller's thread")
    void theCallersThreadHasNoQueue() {
        Assumptions.assumeTrue(traits().runsInCaller(), "The backend does not run tasks on the submitting thread");
        assertThatIllegalArgumentException().isThrownBy(() -> open(o -> o.concurrency(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> open(o -> o.queueCapacity(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> open(o -> o.priorities(true)));
    }

    @Test
    @DisplayName(
            "TaskExecutors: \"IllegalArgumentException - if an option … does not fit\": nothing waits where every task "
                    + "begins at once")
    void aQueueNeedsANumberOfTasksThatRun() {
        assumeRunsBesideTheCaller();
        Assumptions.assumeFalse(tasksMayWait(), "Tasks wait for their turn: the backend has a fixed number of workers");
        assertThatIllegalArgumentException().isThrownBy(() -> open(o -> o.queueCapacity(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> open(o -> o.priorities(true)));
    }

    @Test
    @DisplayName(
            "ExecutorService.shutdownNow: \"returns a list of the tasks that were awaiting execution\", in the executor's "
                    + "own line too, in its order")
    void shutdownNowReturnsWhatWaitsInLine() throws Exception {
        oneAtATime(9, RejectionPolicy.abort());
        occupy(1);
        Journal journal = journal("journal");
        List<TaskHandle<?>> waiting = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            waiting.add(executor().submit(() -> journal.add(name)));
        }
        List<Runnable> withdrawn = executor().shutdownNow();
        assertThat(withdrawn).hasSize(3);
        assertThat(waiting).allMatch(Future::isCancelled);
        assertThat(isTerminatedInTime()).isTrue();
        withdrawn.forEach(Runnable::run); // by hand, here
        assertThat(journal.text()).isEqualTo("abc");
    }

    @Test
    @DisplayName(
            "DESIGN 1.7: wrong input is refused at submit, also where the task would have to wait; it takes no room")
    void whatCannotBeSentIsRefusedBeforeItWaits() throws Exception {
        assumeCopies();
        oneAtATime(1, RejectionPolicy.abort());
        Signal release = occupy(1);
        Object unsendable = new Object();
        assertRefused(Reason.NOT_SERIALIZABLE, () -> executor().submit(() -> unsendable.hashCode()));
        TaskHandle<String> next = executor().submit(() -> "next");
        release.raise();
        assertThat(get(next)).isEqualTo("next");
    }

    @Test
    @DisplayName(
            "ExecutorService.invokeAll: \"RejectedExecutionException - if any task cannot be scheduled for execution\"; the "
                    + "others are cancelled")
    void invokeAllCancelsWhatItSubmittedIfOneIsRefused() throws Exception {
        oneAtATime(1, RejectionPolicy.abort());
        occupy(1);
        assertRefused(Reason.SATURATED, () -> executor()
                .invokeAll(List.<io.tournant.core.Task<String>>of(() -> "a", () -> "b")));
        Poll.until("cancellation", () -> executor().stats().cancelled() == 1);
    }

    @Test
    @DisplayName(
            "ExecutorOptions.priorities: \"waiting tasks leave the queue by priority\", \"equal ones in the order of "
                    + "submission\"")
    void prioritiesOrderTheLine() throws Exception {
        assumeRunsBesideTheCaller();
        executor(o -> o.priorities(true).concurrency(1));
        Signal release = occupy(1);
        Journal journal = journal("journal");
        int[] priorities = {0, 5, 0, 5, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int i = 0; i < priorities.length; i++) {
            int priority = priorities[i];
            String name = String.valueOf(i);
            executor().with(o -> o.priority(priority)).execute(() -> journal.add(name));
        }
        release.raise();
        executor().close();
        assertThat(journal.text()).isEqualTo("5130246");
    }

    @Test
    @DisplayName(
            "TaskBackend.parallelism: \"how many runs this backend executes at once\", so that tasks of a lower priority do "
                    + "not wait behind it, out of reach")
    void prioritiesHoldAtTheBackendsOwnLimit() throws Exception {
        assumeRunsBesideTheCaller();
        Assumptions.assumeTrue(workers().isPresent(), "No task waits for its turn");
        executor(o -> o.priorities(true));
        Signal release = signal("release-one");
        Signal started = signal("started-one");
        var _ = executor().submit(() -> started.hold(release));
        started.await();
        Signal others = occupy(workers().getAsInt() - 1);
        Journal journal = journal("journal");
        for (int i = 0; i < 5; i++) {
            executor().execute(() -> journal.add("l"));
        }
        executor().with(o -> o.priority(1)).execute(() -> journal.add("H"));
        release.raise();
        Poll.until("one worker has done it all", () -> journal.text().length() == 6);
        others.raise();
        assertThat(journal.text()).isEqualTo("Hlllll");
    }

    @Test
    @DisplayName("TaskOptions.priority: an executor without priorities \"refuses tasks of another priority than 0\"")
    void aPriorityNeedsAnExecutorThatKeepsIt() {
        assertRefused(
                Reason.UNSUPPORTED, () -> executor().with(o -> o.priority(1)).submit(() -> "value"));
        assertThat(executor().stats().submitted()).isZero();
    }
}
