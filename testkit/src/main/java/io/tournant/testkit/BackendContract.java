package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.core.Action;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskOptions;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the executor relies on in a {@link TaskBackend}, tested on the backend alone. The author of a backend extends it,
 * beside {@link TaskExecutorContract}, which tests what comes of it for users:
 *
 * <pre>{@code
 * final class MyBackendContractTest extends BackendContract {
 *     protected TaskBackend open() { return new MyBackend(2); }
 * }
 * }</pre>
 */
@Timeout(90)
@ExtendWith(PromiseRecorder.class)
public abstract class BackendContract {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path directory;

    @SuppressWarnings("NullAway.Init") // by the first use
    private TaskBackend opened;

    private final List<Signal> signals = new ArrayList<>();

    /** For subclasses. */
    protected BackendContract() {}

    /**
     * Opens the backend under test. Called once for each test, which closes it.
     *
     * @return a new backend
     */
    protected abstract TaskBackend open();

    /**
     * Returns code that brings down whatever process executes it. Used only if the backend
     * {@linkplain io.tournant.core.BackendTraits#isolatesCrashes() isolates crashes}.
     *
     * @param code the exit code of the process
     * @return by default {@link Runtime#halt(int)}
     */
    protected Action crash(int code) {
        return () -> Runtime.getRuntime().halt(code);
    }

    private TaskBackend backend() {
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    @AfterEach
    final void close() throws Exception {
        for (Signal signal : signals) {
            if (!signal.isRaised()) {
                signal.raise();
            }
        }
        await(backend().shutdown().toCompletableFuture());
    }

    private Signal signal(String name) {
        Signal signal = new Signal(directory.resolve(name).toString());
        signals.add(signal);
        return signal;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    private RecordedRun start(RecordedRun run) {
        backend().start(run);
        return run;
    }

    /** Returns a run that has begun and goes on until the signal is raised or somebody interrupts it. */
    private RecordedRun running(String name, Signal release) throws InterruptedException {
        Signal started = signal(name);
        RecordedRun run = start(new RecordedRun(patient(), () -> started.hold(release)));
        started.await();
        return run;
    }

    private static TaskOptions patient() {
        return TaskOptions.ofDefaults().cancelGrace(LONG);
    }

    private void assumeBeside() {
        assumeFalse(backend().traits().runsInCaller(), "The backend runs tasks on the submitting thread");
    }

    private void assumeElsewhere() {
        assumeFalse(backend().traits().sharesMemory(), "Runs on a thread of this JVM are interrupted by the executor");
    }

    /** Occupies all that runs at once. */
    private Signal occupy() throws InterruptedException {
        assumeTrue(backend().parallelism().isPresent(), "Nothing waits: the backend has no bound");
        Signal release = signal("release");
        for (int i = 0; i < backend().parallelism().getAsInt(); i++) {
            var _ = running("occupied-" + i, release);
        }
        return release;
    }

    private List<TaskRun<?>> shown() {
        List<TaskRun<?>> shown = new ArrayList<>();
        backend().forEachRunning(shown::add);
        return shown;
    }

    // ------------------------------------------------------------------ start

    @Test
    @DisplayName("TaskBackend.traits: \"the same traits every time\"; parallelism: \"a number from 1, or empty\"")
    void aBackendKnowsItself() {
        assertThat(backend().traits()).isEqualTo(backend().traits());
        assertThat(backend().parallelism().orElse(1)).isPositive();
    }

    @Test
    @DisplayName(
            "TaskRun: \"begin when user code is about to start, and then exactly one of succeed, fail and lose\": a value")
    void aRunBeginsAndSucceeds() throws Exception {
        RecordedRun run = start(new RecordedRun(() -> "value"));
        await(run.end());
        assertThat(run.events()).containsExactly("begin", "succeeded value");
    }

    @Test
    @DisplayName(
            "TaskRun: \"begin when user code is about to start, and then exactly one of succeed, fail and lose\": an exception")
    void aRunBeginsAndFails() throws Exception {
        RecordedRun run = start(new RecordedRun(() -> {
            throw new IllegalStateException("on purpose");
        }));
        await(run.end());
        assertThat(run.events()).containsExactly("begin", "failed on purpose");
    }

    @Test
    @DisplayName("TaskBackend.start: \"A run that was taken reaches its end whatever happens\", once")
    void everyRunEndsOnce() throws Exception {
        int count = backend().traits().sharesMemory() ? 1_000 : 100;
        List<RecordedRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            runs.add(start(new RecordedRun(() -> number)));
        }
        for (int i = 0; i < count; i++) {
            assertThat(await(runs.get(i).end())).isEqualTo("succeeded " + i);
        }
        await(backend().shutdown().toCompletableFuture());
        assertThat(runs).allMatch(run -> run.events().size() == 2);
    }

    @Test
    @DisplayName("TaskBackend.start: \"returns without waiting for the run\"")
    void startDoesNotWait() throws Exception {
        assumeBeside();
        Signal release = signal("release");
        RecordedRun run = running("started", release);
        assertThat(run.end()).isNotDone();
        release.raise();
        assertThat(await(run.end())).isEqualTo("succeeded released");
    }

    @Test
    @DisplayName(
            "BackendTraits.runsInCaller: \"submit runs the task on the calling thread and returns when it has ended\"")
    void startInTheCallerWaits() {
        assumeTrue(backend().traits().runsInCaller(), "The backend does not run tasks on the submitting thread");
        RecordedRun run = start(new RecordedRun(() -> Thread.currentThread().threadId()));
        assertThat(run.end())
                .isCompletedWithValue("succeeded " + Thread.currentThread().threadId());
    }

    @Test
    @DisplayName("TaskRun: \"the executor starts the same run once more after that; to the backend it is as new\"")
    void anEndedRunIsTakenAgain() throws Exception {
        RecordedRun run = start(new RecordedRun(() -> "value"));
        await(run.end());
        run.again();
        start(run);
        await(run.end());
        assertThat(run.events()).containsExactly("begin", "succeeded value", "begin", "succeeded value");
    }

    @Test
    @DisplayName("TaskRun.attempt: a task that runs elsewhere sees the number of its attempt, and its id")
    void theAttemptIsSentAlong() throws Exception {
        assumeElsewhere();
        RecordedRun run = new RecordedRun(() ->
                TaskContext.current().attempt() + " " + TaskContext.current().id());
        run.again();
        start(run);
        assertThat(await(run.end())).isEqualTo("succeeded 2 " + run.id());
    }

    @Test
    @DisplayName("TaskRun.progress: \"Passes a report of the task on to its handle.\"")
    void progressIsPassedOn() throws Exception {
        assumeElsewhere();
        RecordedRun run = start(new RecordedRun(() -> {
            TaskContext.current().progress(7, 0, "");
            return "value";
        }));
        await(run.end());
        assertThat(run.events()).containsExactly("begin", "progress 7", "succeeded value");
    }

    // ------------------------------------------------------------------ prepare and refuse

    @Test
    @DisplayName("TaskBackend.prepare: the run is \"not yet started\" by it, and is executed when it is started")
    void aPreparedRunWaitsForItsStart() throws Exception {
        RecordedRun run = new RecordedRun(() -> "value");
        backend().prepare(run);
        assertThat(run.events()).isEmpty();
        assertThat(shown()).isEmpty();
        start(run);
        assertThat(await(run.end())).isEqualTo("succeeded value");
    }

    @Test
    @DisplayName(
            "TaskBackend.prepare, start: \"RejectedTaskException if the run cannot be taken\"; start: \"it must then not be "
                    + "touched again\"")
    void aRefusedRunIsLeftAlone() throws Exception {
        assumeElsewhere();
        Object unsendable = new Object();
        RecordedRun run = new RecordedRun(() -> unsendable.hashCode());
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(() -> backend().prepare(run));
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(() -> backend().start(run));
        await(start(new RecordedRun(() -> "next")).end());
        assertThat(run.events()).isEmpty();
    }

    // ------------------------------------------------------------------ what runs and what waits

    @Test
    @DisplayName(
            "TaskBackend.forEachRunning: \"Shows the runs that are being executed\", and no longer when they have ended")
    void whatRunsIsShown() throws Exception {
        assumeBeside();
        Signal release = signal("release");
        RecordedRun run = running("started", release);
        assertThat(shown()).hasSize(1).first().isSameAs(run);
        release.raise();
        await(run.end());
        Poll.until("the end", () -> shown().isEmpty());
    }

    @Test
    @DisplayName("TaskBackend.forEachRunning: a run that is about to begin is shown, so that none escapes shutdownNow")
    void whatBeginsIsShown() throws Exception {
        AtomicBoolean wasShown = new AtomicBoolean();
        RecordedRun run = new RecordedRun(() -> "value");
        start(run.onBegin(() -> wasShown.set(shown().contains(run))));
        await(run.end());
        assertThat(wasShown).isTrue();
    }

    @Test
    @DisplayName("TaskBackend.drainTo: \"Removes the runs that have not begun.\" They never begin")
    void whatWaitsIsRemoved() throws Exception {
        assumeBeside();
        Signal release = occupy();
        List<TaskRun<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(start(new RecordedRun(() -> "never")));
        }
        List<TaskRun<?>> drained = new ArrayList<>();
        backend().drainTo(drained);
        assertThat(drained).containsExactlyInAnyOrderElementsOf(waiting);
        backend().drainTo(drained);
        assertThat(drained).hasSize(3);
        release.raise();
        await(backend().shutdown().toCompletableFuture());
        assertThat(drained).allMatch(run -> ((RecordedRun) run).events().isEmpty());
    }

    @Test
    @DisplayName(
            "TaskRun.begin: \"false if the task has been cancelled: it must not run, and the run is over for the backend\"")
    void aCancelledRunIsNotExecuted() throws Exception {
        Signal ran = signal("ran");
        RecordedRun run = new RecordedRun(() -> {
            ran.raise();
            return "never";
        });
        run.cancel();
        start(run);
        await(start(new RecordedRun(() -> "next")).end());
        await(backend().shutdown().toCompletableFuture());
        assertThat(run.events()).isSubsetOf("refused").hasSizeLessThanOrEqualTo(1);
        assertThat(ran.isRaised()).isFalse();
    }

    // ------------------------------------------------------------------ cancel

    @Test
    @DisplayName(
            "TaskBackend.cancel(INTERRUPT): interrupts the code elsewhere; \"the end is reported on the run as always\"")
    void interruptionReachesTheCode() throws Exception {
        assumeElsewhere();
        Signal started = signal("started");
        Signal release = signal("release");
        Signal interrupted = signal("interrupted");
        RecordedRun run = start(new RecordedRun(patient(), () -> started.hold(release, interrupted)));
        started.await();
        backend().cancel(run, CancelMode.INTERRUPT);
        interrupted.await();
        await(run.end());
        assertThat(run.events()).hasSize(2);
    }

    @Test
    @DisplayName("CancelMode.COOPERATIVE: \"Let the task see the flag, and leave it alone.\"")
    void cooperationIsLeftToTheCode() throws Exception {
        assumeElsewhere();
        Signal started = signal("started");
        Signal verdict = signal("verdict");
        RecordedRun run = start(new RecordedRun(patient(), () -> {
            started.raise();
            Signal.awaitCancellation();
            verdict.say("interrupted=" + Thread.currentThread().isInterrupted());
            return "value";
        }));
        started.await();
        backend().cancel(run, CancelMode.COOPERATIVE);
        assertThat(verdict.text()).isEqualTo("interrupted=false");
        await(run.end());
    }

    @Test
    @DisplayName(
            "CancelMode.INTERRUPT: \"where the backend can, go further step by step, each after the task's grace, until the "
                    + "work is gone\"")
    void whatIgnoresInterruptionIsEnded() throws Exception {
        assumeTrue(backend().traits().endsWork(), "The backend cannot end work that ignores interruption");
        Signal started = signal("started");
        Signal release = signal("release");
        RecordedRun run = start(new RecordedRun(
                TaskOptions.ofDefaults().cancelGrace(Duration.ofMillis(50)),
                () -> started.holdIgnoringInterrupts(release)));
        started.await();
        backend().cancel(run, CancelMode.INTERRUPT);
        await(run.end());
        assertThat(run.events()).hasSize(2);
        assertThat(release.isRaised()).isFalse();
    }

    @Test
    @DisplayName("TaskBackend.cancel: of a run that has ended meanwhile does nothing")
    void cancellingAnEndedRunDoesNothing() throws Exception {
        RecordedRun run = start(new RecordedRun(() -> "value"));
        await(run.end());
        backend().cancel(run, CancelMode.INTERRUPT);
        for (int i = 0; i < 5; i++) {
            assertThat(await(start(new RecordedRun(() -> "next")).end())).isEqualTo("succeeded next");
        }
        assertThat(run.events()).hasSize(2);
    }

    @Test
    @DisplayName("TaskBackend.abandoned: \"the run, whose work goes on\", ends as always")
    void anAbandonedRunEndsAsAlways() throws Exception {
        assumeTrue(backend().traits().sharesMemory() && !backend().traits().runsInCaller(), "No run is abandoned here");
        Signal release = signal("release");
        RecordedRun run = running("started", release);
        backend().abandoned(run);
        release.raise();
        assertThat(await(run.end())).isEqualTo("succeeded released");
        assertThat(await(start(new RecordedRun(() -> "next")).end())).isEqualTo("succeeded next");
    }

    // ------------------------------------------------------------------ crashes

    @Test
    @DisplayName("TaskRun.lose: \"whatever executed the task died\": reported once, and the backend goes on")
    void aCrashIsReported() throws Exception {
        assumeTrue(backend().traits().isolatesCrashes(), "The backend does not isolate crashes");
        Action crash = crash(3);
        RecordedRun run = start(new RecordedRun(() -> {
            crash.run();
            return "never";
        }));
        assertThat(await(run.end())).isEqualTo("lost Exited[code=3]");
        assertThat(await(start(new RecordedRun(() -> "next")).end())).isEqualTo("succeeded next");
        assertThat(run.events()).hasSize(2);
    }

    // ------------------------------------------------------------------ the end

    @Test
    @DisplayName(
            "TaskBackend.shutdown: \"a stage that completes when threads, processes and files are gone; the same at every call\"")
    void shutdownReturnsOneStage() throws Exception {
        await(start(new RecordedRun(() -> "value")).end());
        CompletionStage<Void> stage = backend().shutdown();
        assertThat(backend().shutdown().equals(stage)).isTrue();
        await(stage.toCompletableFuture());
        backend().close();
    }

    @Test
    @DisplayName(
            "TaskBackend.shutdown: \"Does not wait\"; the stage waits for what cannot be ended, and what runs still ends")
    void shutdownIsCompleteWhenTheLastRunHasEnded() throws Exception {
        assumeBeside();
        assumeFalse(backend().traits().endsWork(), "The backend ends what runs");
        Signal release = signal("release");
        RecordedRun run = running("started", release);
        CompletableFuture<Void> gone = backend().shutdown().toCompletableFuture();
        assertThat(gone).isNotDone();
        release.raise();
        await(gone);
        assertThat(run.end()).isCompletedWithValue("succeeded released");
    }

    @Test
    @DisplayName(
            "TaskBackend.shutdown: releases busy threads and processes \"as soon as they can be ended\": at once where they can")
    void shutdownEndsWhatItCan() throws Exception {
        assumeTrue(backend().traits().endsWork(), "The backend cannot end work that ignores interruption");
        RecordedRun run = running("started", signal("release"));
        await(backend().shutdown().toCompletableFuture());
        await(run.end());
        assertThat(run.events()).hasSize(2);
    }

    @Test
    @DisplayName(
            "FAULTS 57: a backend does not hold on to runs that have ended, or a forgotten executor is never reaped")
    void endedRunsAreForgotten() throws Exception {
        List<WeakReference<RecordedRun>> ended = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ended.add(endedRun());
        }
        Poll.until("collection", () -> {
            System.gc();
            return ended.stream().allMatch(run -> run.get() == null);
        });
    }

    private WeakReference<RecordedRun> endedRun() throws Exception {
        RecordedRun run = start(new RecordedRun(() -> "value"));
        await(run.end());
        return new WeakReference<>(run);
    }
}
