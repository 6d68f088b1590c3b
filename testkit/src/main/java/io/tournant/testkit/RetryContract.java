package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.RetryPolicy;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.TaskTimeoutException;
import io.tournant.core.Termination;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link RetryPolicy} promises of tasks that fail or take too long. */
public abstract class RetryContract extends IsolationContract {

    static final RetryPolicy AT_ONCE = RetryPolicy.ofDefaults().pause(Duration.ZERO, Duration.ZERO);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** For subclasses. */
    protected RetryContract() {}

    private TaskExecutor retrying(RetryPolicy policy) {
        return executor().with(o -> o.retry(policy));
    }

    /** Fails before a given attempt, and returns the number of that. */
    static int failBefore(int attempt, Tally runs) {
        runs.add();
        int now = TaskContext.current().attempt();
        if (now < attempt) {
            throw new IllegalStateException("attempt " + now);
        }
        return now;
    }

    @Test
    @DisplayName(
            "RetryPolicy: \"A task that threw has told how it ended, and is run again\"; TaskContext.attempt: \"1, and "
                    + "one more for each retry\"")
    void aTaskThatThrewIsRunAgain() throws Exception {
        Tally runs = tally("runs");
        TaskHandle<Integer> handle = retrying(AT_ONCE).submit(() -> failBefore(3, runs));
        assertThat(get(handle)).isEqualTo(3);
        assertThat(handle.attempt()).isEqualTo(3);
        executor().close();
        assertThat(runs.count()).isEqualTo(3);
    }

    @Test
    @DisplayName("ExecutorStats: retried counts \"attempts that were followed by another\", the outcome counts once")
    void retriesAreCountedApartFromOutcomes() throws Exception {
        Tally runs = tally("runs");
        get(retrying(AT_ONCE).submit(() -> failBefore(3, runs)));
        executor().close();
        assertThat(executor().stats().retried()).isEqualTo(2);
        assertThat(executor().stats().submitted()).isEqualTo(1);
        assertThat(executor().stats().succeeded()).isEqualTo(1);
        assertThat(executor().stats().failed()).isZero();
    }

    @Test
    @DisplayName(
            "RetryPolicy.maxAttempts: \"how often the task is run at most, the first time included\"; the last failure "
                    + "is the outcome")
    void attemptsAreLimited() throws Exception {
        Tally runs = tally("runs");
        TaskHandle<Integer> handle = retrying(AT_ONCE).submit(() -> failBefore(9, runs));
        awaitEnd(handle);
        assertThat(handle.exceptionNow()).hasMessage("attempt 3");
        assertThat(handle.attempt()).isEqualTo(3);
        executor().close();
        assertThat(runs.count()).isEqualTo(3);
    }

    @Test
    @DisplayName("DESIGN 3: a task is run once unless its options say otherwise")
    void withoutAPolicyATaskIsRunOnce() throws Exception {
        Tally runs = tally("runs");
        TaskHandle<Integer> handle = executor().with(o -> o.idempotent(true)).submit(() -> failBefore(2, runs));
        awaitEnd(handle);
        executor().close();
        assertThat(runs.count()).isEqualTo(1);
        assertThat(handle.attempt()).isEqualTo(1);
    }

    @Test
    @DisplayName("RetryPolicy.when: \"decides on the exception that exceptionNow() would return\"")
    void thePredicateDecides() throws Exception {
        Tally runs = tally("runs");
        TaskExecutor choosy = retrying(AT_ONCE.when(IOException.class::isInstance));
        TaskHandle<Integer> refused = choosy.submit(() -> failBefore(2, runs));
        awaitEnd(refused);
        assertThat(refused.exceptionNow()).isInstanceOf(IllegalStateException.class);
        assertThat(runs.count()).isEqualTo(1);
        TaskHandle<Integer> admitted = choosy.submit(() -> {
            if (TaskContext.current().attempt() == 1) {
                throw new IOException("on purpose");
            }
            return 2;
        });
        assertThat(get(admitted)).isEqualTo(2);
    }

    @Test
    @DisplayName("RetryPolicy.ofDefaults: \"for every Exception and no Error\"")
    void anErrorIsNotRetriedByDefault() throws Exception {
        Tally runs = tally("runs");
        TaskHandle<?> handle = retrying(AT_ONCE).submit(() -> {
            runs.add();
            throw new AssertionError("on purpose");
        });
        awaitEnd(handle);
        executor().close();
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("RetryPolicy.when: \"if it throws, the task is not run again\"")
    void aPredicateThatThrowsEndsTheTask() throws Exception {
        Tally runs = tally("runs");
        RetryPolicy broken = AT_ONCE.when(cause -> {
            throw new IllegalArgumentException("on purpose: it shows in the log");
        });
        TaskHandle<Integer> handle = retrying(broken).submit(() -> failBefore(2, runs));
        awaitEnd(handle);
        assertThat(handle.exceptionNow()).hasMessage("attempt 1");
    }

    @Test
    @DisplayName("RetryPolicy: \"The pause before attempt n+1\" is kept")
    void thePauseIsKept() throws Exception {
        Tally runs = tally("runs");
        Duration pause = Duration.ofMillis(200);
        long start = System.nanoTime();
        get(retrying(AT_ONCE.pause(pause, pause).jitter(0)).submit(() -> failBefore(3, runs)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(pause.multipliedBy(2));
    }

    @Test
    @DisplayName("TaskPhase: RUNNING -> READY on a retry, attempt() + 1; the task has no outcome and counts as waiting")
    void betweenTwoAttemptsATaskIsReady() throws Exception {
        TaskHandle<Integer> handle = pausing(tally("runs"));
        assertThat(handle.phase()).isEqualTo(TaskPhase.READY);
        assertThat(handle.isDone()).isFalse();
        assertThat(handle.outcome()).isEmpty();
        assertThat(handle.state()).isEqualTo(Future.State.RUNNING);
        Poll.until(
                "waiting",
                () -> executor().stats().waiting() == 1 && executor().stats().running() == 0);
        handle.cancel(true);
    }

    /** Returns a task whose first attempt has failed, in the pause before the second. */
    private TaskHandle<Integer> pausing(Tally runs) throws InterruptedException {
        assumeRunsBesideTheCaller(); // who would wait out the pause in submit
        TaskHandle<Integer> handle =
                retrying(AT_ONCE.pause(LONG, LONG).jitter(0)).submit(() -> failBefore(2, runs));
        Poll.until("the pause", () -> handle.attempt() == 2);
        return handle;
    }

    @Test
    @DisplayName("DESIGN 4: cancel before start: a task in its pause is cancelled at once, and never runs again")
    void aTaskIsCancelledInItsPause() throws Exception {
        Tally runs = tally("runs");
        TaskHandle<Integer> handle = pausing(runs);
        assertThat(handle.cancel(false)).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        executor().close();
        assertThat(runs.count()).isEqualTo(1);
        assertThat(executor().stats().cancelled()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "ExecutorService.shutdownNow: \"Attempts to stop all actively executing tasks, halts the processing of "
                    + "waiting tasks\": one in its pause has run, and is not returned")
    void shutdownNowCancelsATaskInItsPause() throws Exception {
        Tally runs = tally("runs");
        TaskHandle<Integer> handle = pausing(runs);
        assertThat(executor().shutdownNow()).isEmpty();
        assertThat(isTerminatedInTime()).isTrue();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("ExecutorService.shutdown: \"previously submitted tasks are executed\", to their last attempt")
    void shutdownLetsRetriesGoOn() throws Exception {
        Tally runs = tally("runs");
        Duration pause = Duration.ofMillis(200);
        TaskHandle<Integer> handle = retrying(AT_ONCE.pause(pause, pause)).submit(() -> failBefore(3, runs));
        executor().shutdown();
        assertThat(get(handle)).isEqualTo(3);
        assertThat(isTerminatedInTime()).isTrue();
    }

    @Test
    @DisplayName(
            "RetryPolicy: a task that ran out of its timeout \"is run again only if it is idempotent as well\": not")
    void aTimeoutIsNotRetriedWithoutIdempotence() throws Exception {
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor()
                .with(o -> o.retry(AT_ONCE).timeout(SHORT).cancelGrace(LONG))
                .submit(() -> started.hold(release));
        awaitEnd(handle);
        assertThat(handle.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
        assertThat(handle.attempt()).isEqualTo(1);
        assertThat(executor().stats().retried()).isZero();
    }

    @Test
    @DisplayName(
            "RetryPolicy: a task that ran out of its timeout \"is run again only if it is idempotent as well\": again")
    void aTimeoutOfAnIdempotentTaskIsRetried() throws Exception {
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor()
                .with(o -> o.retry(AT_ONCE.maxAttempts(50))
                        .idempotent(true)
                        .timeout(Duration.ofMillis(300))
                        .cancelGrace(LONG))
                .submit(() -> TaskContext.current().attempt() == 1 ? started.hold(release) : "again");
        assertThat(get(handle)).isEqualTo("again");
        assertThat(handle.attempt()).isGreaterThan(1);
        assertThat(executor().stats().timedOut()).isZero();
    }

    @Test
    @DisplayName(
            "DESIGN 1.3, 4: no attempt follows work on a thread that does not end: the task is timed out and abandoned")
    void noAttemptFollowsWorkThatDoesNotEnd() throws Exception {
        assumeCannotEndWork();
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor()
                .with(o -> o.retry(AT_ONCE).idempotent(true).timeout(SHORT).cancelGrace(SHORT))
                .submit(() -> started.holdIgnoringInterrupts(release));
        assertThat(gone(handle)).isEqualTo(new Termination(true));
        assertThat(handle.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
        assertThat(handle.attempt()).isEqualTo(1);
    }

    @Test
    @DisplayName("TaskOptions.deadline: \"from the moment the task is submitted, over all attempts\"")
    void theDeadlineEndsAllAttempts() throws Exception {
        Tally runs = tally("runs");
        Duration deadline = Duration.ofMillis(300);
        TaskHandle<Integer> handle = executor()
                .with(o -> o.retry(AT_ONCE.maxAttempts(Integer.MAX_VALUE).pause(SHORT, SHORT))
                        .deadline(deadline))
                .submit(() -> failBefore(Integer.MAX_VALUE, runs));
        awaitEnd(handle);
        assertThat(handle.outcome().orElseThrow()).isInstanceOf(TaskOutcome.TimedOut.class);
        assertThat(((TaskTimeoutException) handle.exceptionNow()).limit()).isEqualTo(deadline);
        gone(handle);
        long counted = runs.count();
        executor().close();
        assertThat(runs.count()).isEqualTo(counted);
    }

    @Test
    @DisplayName("RetryPolicy: \"A cancelled task … is never run again.\"")
    void aCancelledTaskIsNotRetried() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor()
                .with(o -> o.retry(AT_ONCE).idempotent(true).cancelGrace(LONG))
                .submit(() -> started.hold(release));
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        assertThat(gone(handle)).isEqualTo(new Termination(false));
        executor().close();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(handle.attempt()).isEqualTo(1);
        assertThat(executor().stats().retried()).isZero();
    }

    @Test
    @DisplayName("TaskOptions.retry holds for execute as well")
    void executeIsRetried() throws Exception {
        Tally runs = tally("runs");
        retrying(AT_ONCE).execute(() -> failBefore(2, runs));
        executor().close();
        assertThat(runs.count()).isEqualTo(2);
        assertThat(executor().stats().succeeded()).isEqualTo(1);
    }
}
