package io.tournant.ipc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.core.Action;
import io.tournant.core.Placement;
import io.tournant.core.RemoteTaskException;
import io.tournant.core.Task;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import io.tournant.ipc.Transport;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the executor over worker JVMs does beyond the contract. Numbers refer to the catalogue of faults. */
@Timeout(60)
final class ProcessPoolTest {

    private final TaskExecutor executor =
            ProcessPool.builder().workers(2).heap("64m").build();

    @AfterEach
    void close() {
        executor.close(Duration.ofSeconds(10));
    }

    // ------------------------------------------------------------------ where tasks run

    @Test
    void tasksRunInOtherProcessesThatAreKept() throws Exception {
        List<Long> pids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pids.add(executor.submit(() -> ProcessHandle.current().pid()).get());
        }
        assertThat(pids).doesNotContain(ProcessHandle.current().pid());
        assertThat(pids.stream().distinct().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void placementNamesTheProcess() throws Exception {
        TaskHandle<Long> handle = executor.submit(() -> ProcessHandle.current().pid());
        long pid = handle.get();
        assertThat(handle.placement()).hasValueSatisfying(place -> assertThat(place)
                .isInstanceOfSatisfying(
                        Placement.InProcess.class, in -> assertThat(in.pid()).isEqualTo(pid)));
    }

    @Test
    void noWorkerIsLeftAfterClose() throws Exception {
        List<Long> pids = workerPids();
        executor.close();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(pids).isNotEmpty().noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    /** The workers that tasks were seen in; both, in all likelihood. */
    private List<Long> workerPids() throws Exception {
        List<TaskHandle<Long>> handles = IntStream.range(0, 8)
                .mapToObj(i -> executor.submit(() -> ProcessHandle.current().pid()))
                .toList();
        List<Long> pids = new ArrayList<>();
        for (TaskHandle<Long> handle : handles) {
            pids.add(handle.get());
        }
        return pids.stream().distinct().toList();
    }

    // ------------------------------------------------------------------ death

    @Test
    void fault03ExitCostsTheTaskAndNamesTheCode() {
        assertLost(executor.submit(() -> System.exit(7)), new Crash.Exited(7));
    }

    @Test
    void fault04HaltCostsTheTaskAndNamesTheCode() {
        assertLost(executor.submit(() -> Runtime.getRuntime().halt(8)), new Crash.Exited(8));
    }

    @Test
    void fault06KillWhileRunningCostsTheTaskAndNamesTheSignal() throws Exception {
        TaskHandle<Integer> handle = executor.submit(() -> {
            TaskContext.current().progress(1, 1, "running");
            Thread.sleep(Long.MAX_VALUE);
            return 1;
        });
        await().until(() -> handle.progress().done() == 1);
        kill(handle);
        assertLost(handle, new Crash.Signal(9));
        assertThat(executor.submit(() -> 2).get()).isEqualTo(2);
    }

    private static void kill(TaskHandle<?> handle) {
        Placement.InProcess place = (Placement.InProcess) handle.placement().orElseThrow();
        ProcessHandle.of(place.pid()).orElseThrow().destroyForcibly();
    }

    private static void assertLost(TaskHandle<?> handle, Crash crash) {
        assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(WorkerCrashedException.class, death -> {
                    assertThat(death.crash()).isEqualTo(crash);
                    assertThat(death.pid()).isPositive();
                    assertThat(death.uptime()).isPositive();
                });
        assertThat(handle.outcome()).containsInstanceOf(TaskOutcome.Lost.class);
    }

    @Test
    void fault07KillWhileIdleLosesNothing() throws Exception {
        for (int round = 0; round < 5; round++) {
            workerPids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            for (int i = 0; i < 10; i++) {
                assertThat(executor.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
        assertThat(executor.stats().lost()).isZero();
    }

    @Test
    void aCrashCostsOneTaskOfMany() throws Exception {
        List<TaskHandle<Integer>> handles = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            handles.add(executor.submit(() -> {
                if (number == 50) {
                    Runtime.getRuntime().halt(1);
                }
                return number;
            }));
        }
        for (int i = 0; i < 100; i++) {
            if (i == 50) {
                assertLost(handles.get(i), new Crash.Exited(1));
            } else {
                assertThat(handles.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }

    @Test
    void theLastWordsOfADeadWorkerAreReported() {
        TaskHandle<?> handle = executor.submit(() -> {
            System.out.println("to standard output");
            System.err.println("to standard error");
            System.exit(1);
        });
        assertThatThrownBy(handle::get)
                .cause()
                .isInstanceOfSatisfying(WorkerCrashedException.class, death -> assertThat(death.lastOutput())
                        .contains("to standard output", "to standard error"));
    }

    @Test
    void fault02OutOfMemoryIsTheTasksFailureAndItsWorkerIsReplaced() throws Exception {
        TaskHandle<Long> before = executor.submit(() -> ProcessHandle.current().pid());
        before.get();
        TaskHandle<Integer> hungry = executor.submit(() -> {
            byte[][] hoard = new byte[1024][];
            for (int i = 0; i < hoard.length; i++) {
                hoard[i] = new byte[1 << 20];
            }
            return hoard.length;
        });
        assertThatThrownBy(() -> hungry.get(20, TimeUnit.SECONDS)).cause().isInstanceOf(OutOfMemoryError.class);
        long retired = ((Placement.InProcess) hungry.placement().orElseThrow()).pid();
        await().until(() -> ProcessHandle.of(retired).isEmpty());
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
    }

    // ------------------------------------------------------------------ ending work

    @Test
    void fault12AnEndlessLoopIsEndedByItsTimeout() throws Exception {
        TaskHandle<?> handle = timedOutWhileItRuns(() -> {
            TaskContext.current().progress(1, 1, "looping");
            while (true) {
                Thread.onSpinWait();
            }
        });
        assertThatThrownBy(handle::get).isInstanceOf(ExecutionException.class);
        assertThat(handle.outcome()).containsInstanceOf(TaskOutcome.TimedOut.class);
        long pid = ((Placement.InProcess) handle.placement().orElseThrow()).pid();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(executor.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    /**
     * Returns a task that its timeout has ended while its code was running, which the code tells by its progress. The limit
     * counts from when the worker is sent the task: if the worker gets to it too late, the code never begins, and the
     * worker stays. How long a worker takes to begin on a busy machine nobody knows, so the limit grows until it did.
     */
    private TaskHandle<?> timedOutWhileItRuns(Action action) throws Exception {
        for (Duration limit = Duration.ofMillis(100); true; limit = limit.multipliedBy(2)) {
            Duration timeout = limit;
            TaskHandle<?> handle = executor.with(o -> o.timeout(timeout).cancelGrace(Duration.ofMillis(50)))
                    .submit(action);
            handle.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
            if (handle.progress().done() > 0) {
                return handle;
            }
        }
    }

    @Test
    void aTaskThatHeedsItsCancellationKeepsItsWorker() throws Exception {
        TaskHandle<?> handle = executor.submit(() -> {
            TaskContext.current().progress(1, 1, "running");
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                // as it should be
            }
        });
        await().until(() -> handle.progress().done() == 1);
        handle.cancel(true);
        handle.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
        long pid = ((Placement.InProcess) handle.placement().orElseThrow()).pid();
        assertThat(ProcessHandle.of(pid)).isPresent();
    }

    @Test
    void childrenOfATaskAreEndedWithIt() throws Exception {
        TaskHandle<?> handle = timedOutWhileItRuns(() -> {
            Process child = startSleep();
            TaskContext.current().progress(child.pid(), child.pid(), "child");
            while (true) {
                Thread.onSpinWait();
            }
        });
        long child = handle.progress().done();
        await().until(() -> ProcessHandle.of(child).map(p -> !p.isAlive()).orElse(true));
    }

    private static Process startSleep() {
        try {
            return new ProcessBuilder("sleep", "300").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ------------------------------------------------------------------ streams

    @Test
    void fault15ATaskMayPrintAndCloseItsStreams() throws Exception {
        assertThat(executor.submit(() -> {
                            byte[] megabyte = new byte[1 << 20];
                            Arrays.fill(megabyte, (byte) 'x');
                            System.out.write(megabyte, 0, megabyte.length);
                            System.out.close();
                            System.err.close();
                            return 1;
                        })
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo(1);
        assertThat(executor.submit(() -> 2).get()).isEqualTo(2);
    }

    @Test
    void fault16StandardInputIsEmpty() throws Exception {
        assertThat(executor.submit(() -> System.in.read()).get(20, TimeUnit.SECONDS))
                .isEqualTo(-1);
    }

    // ------------------------------------------------------------------ values and exceptions

    @Test
    void exceptionsKeepTheirTypeAndTheirRemoteFrames() {
        TaskHandle<Integer> handle = executor.submit(() -> failing());
        assertThatThrownBy(handle::get)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("on purpose")
                .satisfies(e -> assertThat(e.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("failing")));
    }

    private static int failing() throws IOException {
        throw new IOException("on purpose");
    }

    static final class StubbornException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // the point of it
        private final Object secret = new Object();

        StubbornException(String message) {
            super(message);
        }

        Object secret() {
            return secret;
        }
    }

    @Test
    void fault26AnExceptionThatCannotBeSentIsDescribed() {
        TaskHandle<Integer> handle = executor.submit(() -> {
            throw new StubbornException("stubborn");
        });
        assertThatThrownBy(handle::get).cause().isInstanceOfSatisfying(RemoteTaskException.class, e -> {
            assertThat(e.className()).isEqualTo(StubbornException.class.getName());
            assertThat(e.originalMessage()).isEqualTo("stubborn");
            assertThat(e.getStackTrace()[0].getClassName()).startsWith(ProcessPoolTest.class.getName());
        });
    }

    @Test
    void fault24AResultThatCannotBeSentIsTheTasksFailure() throws Exception {
        TaskHandle<Object> handle = executor.submit(() -> List.of(new Object()));
        assertThatThrownBy(handle::get)
                .cause()
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("type=java.lang.Object");
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void fault27AResultThatTheFilterRejectsIsTheTasksFailure() throws Exception {
        ObjectInputFilter filter = ObjectInputFilter.Config.createFilter("!java.net.URI");
        try (TaskExecutor filtered =
                ProcessPool.builder().workers(1).resultFilter(filter).build()) {
            TaskHandle<Object> handle = filtered.submit(() -> java.net.URI.create("urn:x"));
            assertThatThrownBy(handle::get)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("filter");
            assertThat(filtered.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    void fault30PayloadsOfManySizesArriveWhole() throws Exception {
        for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 1 << 20, (1 << 24) - 4096}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 7);
            byte[] copy = executor.submit(() -> bytes).get(20, TimeUnit.SECONDS);
            assertThat(Arrays.equals(copy, bytes)).as("length %d", length).isTrue();
        }
    }

    @Test
    void fault30AResultAboveTheMaximumIsTheTasksFailure() throws Exception {
        TaskHandle<byte[]> handle = executor.submit(() -> new byte[(1 << 24) + 1]);
        assertThatThrownBy(handle::get).cause().isInstanceOf(IOException.class).hasMessageContaining("too long");
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
    }

    // ------------------------------------------------------------------ starting

    @Test
    @Timeout(30)
    void fault31AWorkerThatNeverComesUpLosesTheTaskWithTheReason() {
        try (TaskExecutor broken =
                ProcessPool.builder().workers(1).jvmOptions("-XX:NoSuchOption").build()) {
            TaskHandle<Integer> handle = broken.submit(() -> 1);
            assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(WorkerCrashedException.class, death -> assertThat(death.crash())
                            .isInstanceOfSatisfying(Crash.StartFailed.class, start -> assertThat(start.reason())
                                    .contains("NoSuchOption")));
        }
    }

    @Test
    @Timeout(30)
    void fault36AWorkerThatDoesNotConnectInTimeIsGone() {
        try (TaskExecutor hasty = ProcessPool.builder()
                .workers(1)
                .startTimeout(Duration.ofMillis(1))
                .build()) {
            TaskHandle<Integer> handle = hasty.submit(() -> 1);
            assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("startTimeout=PT0.001S");
        }
    }

    @Test
    void closingRightAfterOpeningEndsTheWorkersThatStart() {
        for (int i = 0; i < 5; i++) {
            TaskExecutor brief = ProcessPool.builder().workers(1).build();
            brief.close();
            assertThat(brief.isTerminated()).isTrue();
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPool.builder().workers(0))
                .withMessageContaining("workers=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPool.builder().heap("lots"))
                .withMessageContaining("heap=lots");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPool.builder().startTimeout(Duration.ZERO))
                .withMessageContaining("startTimeout=PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskExecutor.open("process?worker=1"))
                .withMessageContaining("known=[heap, transport, workers]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskExecutor.open("process?transport=pigeon"))
                .withMessageContaining("unix, mapped, queue or pipe: transport=pigeon");
    }

    // ------------------------------------------------------------------ what carries tasks

    /** The lines of the mappings of the worker that are rings. */
    private static final Task<List<String>> RINGS = () -> {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return new ArrayList<>(maps.filter(line -> line.contains(".ring")).toList());
        }
    };

    @Test
    void theTransportIsChosenByName() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "mappings can be listed");
        try (TaskExecutor mapped = TaskExecutor.open("process?workers=1&transport=mapped");
                TaskExecutor unix = TaskExecutor.open("process?workers=1&transport=unix")) {
            assertThat(mapped.submit(RINGS).get()).isNotEmpty();
            assertThat(unix.submit(RINGS).get()).isEmpty();
        }
    }

    @Test
    void aWorkerConnectsWithTheSettingsOfItsPool(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "mappings can be listed");
        Transport transport = Transport.mappedFile()
                .withDirectories(directory)
                .withCapacity(1 << 14)
                .withMaxMessageLength(1 << 20);
        try (TaskExecutor executor = ProcessPool.builder()
                .workers(1)
                .heap("64m")
                .transport(transport)
                .build()) {
            List<String> rings = executor.submit(RINGS).get();
            assertThat(rings).singleElement().satisfies(line -> {
                int dash = line.indexOf('-');
                long from = Long.parseLong(line, 0, dash, 16);
                assertThat(Long.parseLong(line, dash + 1, line.indexOf(' '), 16) - from)
                        .isEqualTo(4096 + 2 * (1 << 14));
                assertThat(line).contains(directory.toRealPath().toString()).contains("(deleted)");
            });
            assertThat(executor.submit(() -> new byte[(1 << 20) - 10_000]).get())
                    .hasSize((1 << 20) - 10_000);
        }
    }
}
