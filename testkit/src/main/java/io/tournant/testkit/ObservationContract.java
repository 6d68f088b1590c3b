package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.core.Action;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskListener;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.TaskTimings;
import io.tournant.core.WorkerCrashedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What listeners, statistics, timestamps and histograms show. */
public abstract class ObservationContract extends AdmissionContract {

    /** For subclasses. */
    protected ObservationContract() {}

    /** Writes down what it is told. */
    private static final class Witness implements TaskListener {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void submitted(TaskHandle<?> task) {
            told.add("submitted");
        }

        @Override
        public void started(TaskHandle<?> task) {
            told.add("started " + task.attempt());
        }

        @Override
        public void lost(TaskHandle<?> task, int attempt, WorkerCrashedException cause) {
            told.add("lost " + attempt);
        }

        @Override
        public void retried(TaskHandle<?> task, int attempt, Throwable cause, Duration pause) {
            told.add("retried " + attempt + " " + cause.getMessage() + " " + pause);
        }

        @Override
        public void completed(TaskHandle<?> task, TaskOutcome<?> outcome) {
            told.add("completed " + outcome.getClass().getSimpleName());
        }

        @Override
        public void rejected(TaskOptions options, RejectedTaskException cause) {
            told.add("rejected " + options.name() + " " + cause.reason());
        }

        /** Returns what came in the order of the task: when {@code submitted} is told does not depend on that. */
        List<String> story() {
            List<String> story = new ArrayList<>(told);
            assertThat(story.remove("submitted")).isTrue();
            return story;
        }
    }

    private Witness witness() {
        Witness witness = new Witness();
        executor(o -> o.listener(witness));
        return witness;
    }

    @Test
    @DisplayName("TaskListener: \"submitted once; started for each attempt that begins …; completed once\"")
    void listenersFollowATask() throws Exception {
        Witness witness = witness();
        gone(executor().submit(() -> "value"));
        executor().close();
        assertThat(witness.story()).containsExactly("started 1", "completed Succeeded");
    }

    @Test
    @DisplayName("TaskListener.retried: \"An attempt ended and another will follow\", with its number, cause and pause")
    void listenersAreToldOfRetries() throws Exception {
        Witness witness = witness();
        Tally runs = tally("runs");
        gone(executor().with(o -> o.retry(AT_ONCE)).submit(() -> failBefore(3, runs)));
        executor().close();
        assertThat(witness.story())
                .containsExactly(
                        "started 1",
                        "retried 1 attempt 1 PT0S",
                        "started 2",
                        "retried 2 attempt 2 PT0S",
                        "started 3",
                        "completed Succeeded");
    }

    @Test
    @DisplayName("TaskListener.lost: \"whether or not another attempt follows\"")
    void listenersAreToldOfLosses() throws Exception {
        assumeIsolatesCrashes();
        Witness witness = witness();
        Action crash = crash(3);
        gone(executor().with(o -> o.retry(AT_ONCE).idempotent(true)).submit(() -> {
            if (TaskContext.current().attempt() == 1) {
                crash.run();
            }
        }));
        gone(executor().submit(crash));
        executor().close();
        List<String> story = witness.story().stream()
                .filter(event -> !event.startsWith("retried") && !event.equals("submitted"))
                .toList();
        assertThat(story)
                .containsExactly(
                        "started 1",
                        "lost 1",
                        "started 2",
                        "completed Succeeded",
                        "started 1",
                        "lost 1",
                        "completed Lost");
    }

    @Test
    @DisplayName("TaskListener.rejected: \"A refused task is seen by rejected only.\"")
    void listenersAreToldOfRefusals() {
        Witness witness = witness();
        executor().shutdown();
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(() -> executor().with(o -> o.name("late")).submit(() -> "value"));
        assertThat(witness.told).containsExactly("rejected late SHUTDOWN");
    }

    @Test
    @DisplayName("TaskListener.started: \"An attempt begins\": not told of a task that never runs")
    void listenersAreNotToldOfAStartThatNeverCame() throws Exception {
        assumeRunsBesideTheCaller();
        Witness witness = new Witness();
        executor(o -> o.listener(witness).concurrency(1));
        Signal release = occupy(1);
        witness.told.clear();
        gone(cancelled(executor().submit(() -> "never")));
        assertThat(witness.story()).containsExactly("completed Cancelled");
        release.raise();
    }

    private static TaskHandle<?> cancelled(TaskHandle<?> handle) {
        handle.cancel(true);
        return handle;
    }

    @Test
    @DisplayName(
            "TaskListener: \"What they throw is logged and goes no further\"; Builder.listener: \"told after those before it\"")
    void aListenerThatThrowsHarmsNothing() throws Exception {
        Witness second = new Witness();
        List<Boolean> wasFirst = new CopyOnWriteArrayList<>();
        executor(o -> o.listener(new TaskListener() {
                    @Override
                    public void submitted(TaskHandle<?> task) {
                        throw new IllegalStateException("on purpose: it shows in the log");
                    }

                    @Override
                    public void started(TaskHandle<?> task) {
                        wasFirst.add(!second.told.contains("started 1"));
                        throw new AssertionError("on purpose: it shows in the log");
                    }

                    @Override
                    public void completed(TaskHandle<?> task, TaskOutcome<?> outcome) {
                        throw new IllegalStateException("on purpose: it shows in the log");
                    }
                })
                .listener(second));
        TaskHandle<String> handle = executor().submit(() -> "value");
        assertThat(get(handle)).isEqualTo("value");
        executor().close();
        assertThat(wasFirst).containsExactly(true);
        assertThat(second.story()).containsExactly("started 1", "completed Succeeded");
    }

    // ------------------------------------------------------------------ statistics

    @Test
    @DisplayName(
            "ExecutorStats: running counts \"tasks that run at this moment\", waiting those \"accepted and not yet running\"")
    void statisticsShowWhatRunsAndWaits() throws Exception {
        Signal release = occupyAllWorkers();
        int width = workers().orElseThrow();
        for (int i = 0; i < 3; i++) {
            executor().execute(() -> {});
        }
        Poll.until(
                "the counts",
                () -> executor().stats().running() == width
                        && executor().stats().waiting() == 3);
        release.raise();
        executor().close();
        assertThat(executor().stats().running()).isZero();
        assertThat(executor().stats().waiting()).isZero();
    }

    @Test
    @DisplayName("ExecutorStats: running and waiting in front of an executor's own line")
    void statisticsShowWhatWaitsInLine() throws Exception {
        assumeRunsBesideTheCaller();
        executor(o -> o.concurrency(1));
        Signal release = occupy(1);
        for (int i = 0; i < 3; i++) {
            executor().execute(() -> {});
        }
        Poll.until(
                "the counts",
                () -> executor().stats().running() == 1 && executor().stats().waiting() == 3);
        release.raise();
    }

    // ------------------------------------------------------------------ times

    @Test
    @DisplayName("TaskHandle.at: \"when the task entered a phase\", each not before the one before")
    void timestampsFollowEachOther() throws Exception {
        Instant before = Instant.now();
        TaskHandle<String> handle = executor().with(o -> o.timestamps(true)).submit(() -> "value");
        gone(handle);
        List<Instant> times = new ArrayList<>();
        for (TaskPhase phase : TaskPhase.values()) {
            times.add(handle.at(phase).orElseThrow());
        }
        assertThat(times).isSorted().hasSize(4);
        assertThat(times.getFirst())
                .isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    @DisplayName("TaskHandle.at: \"empty if the task has not reached the phase\", and \"in the present attempt\"")
    void timestampsAreThoseOfTheAttempt() throws Exception {
        Duration pause = Duration.ofMillis(100);
        Tally runs = tally("runs");
        TaskHandle<Integer> handle = executor()
                .with(o -> o.timestamps(true).retry(AT_ONCE.pause(pause, pause).jitter(0)))
                .submit(() -> failBefore(2, runs));
        gone(handle);
        Instant ready = handle.at(TaskPhase.READY).orElseThrow();
        assertThat(ready).isAfter(handle.at(TaskPhase.CREATED).orElseThrow());
        assertThat(handle.at(TaskPhase.RUNNING).orElseThrow()).isAfterOrEqualTo(ready.plus(pause));
    }

    @Test
    @DisplayName("TaskHandle.at: \"empty … if nobody asked for timestamps\", or the task never ran")
    void timestampsAreTakenOnRequestOnly() throws Exception {
        TaskHandle<String> plain = executor().submit(() -> "value");
        gone(plain);
        for (TaskPhase phase : TaskPhase.values()) {
            assertThat(plain.at(phase)).isEmpty();
        }
        Signal release = occupyAllWorkers();
        TaskHandle<String> never = executor().with(o -> o.timestamps(true)).submit(() -> "never");
        gone(cancelled(never));
        release.raise();
        assertThat(never.at(TaskPhase.READY)).isPresent();
        assertThat(never.at(TaskPhase.RUNNING)).isEmpty();
        assertThat(never.at(TaskPhase.TERMINATED)).isPresent();
    }

    @Test
    @DisplayName(
            "ExecutorOptions.sampling: \"every how many tasks the waiting and running times of one go into timings()\"")
    void timingsCountSampledTasks() throws Exception {
        executor(o -> o.sampling(1));
        Duration atLeast = Duration.ofMillis(20);
        for (int i = 0; i < 4; i++) {
            executor().execute(() -> {});
        }
        gone(executor().submit(() -> {
            long start = System.nanoTime();
            Poll.until("some time", () -> System.nanoTime() - start > atLeast.toNanos());
            return "value";
        }));
        executor().close();
        TaskTimings timings = executor().timings();
        assertThat(timings.running().count()).isEqualTo(5);
        assertThat(timings.waiting().count()).isEqualTo(5);
        assertThat(timings.running().max()).isGreaterThanOrEqualTo(atLeast);
        assertThat(timings.running().percentile(50))
                .isPositive()
                .isLessThanOrEqualTo(timings.running().max());
    }

    @Test
    @DisplayName("TaskExecutor.timings: \"empty if none are measured\"; a task that never ran has no running time")
    void timingsAreTakenOnRequestOnly() throws Exception {
        gone(executor().submit(() -> "value"));
        executor().close();
        assertThat(executor().timings().running().count()).isZero();
        assertThat(executor().timings().waiting().max()).isZero();
    }
}
