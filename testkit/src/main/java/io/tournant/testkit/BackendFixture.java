package io.tournant.testkit;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.core.Action;
import io.tournant.core.BackendTraits;
import io.tournant.core.ExecutorOptions;
import io.tournant.core.Placement;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskPhase;
import io.tournant.core.Termination;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens an executor for each test and closes it afterwards. Its abstract methods are what the author of a backend
 * supplies.
 *
 * <p>Tasks and tests meet through files, so that a promise can be tested on a backend that shares no memory. The code
 * of a task captures serializable values only: never the test itself.
 *
 * <p>What must happen is awaited for 30 seconds; the system property {@code tournant.contract.patience}, an ISO
 * duration such as {@code PT2M}, changes that.
 */
@Timeout(90)
@ExtendWith(PromiseRecorder.class)
public abstract class BackendFixture {

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path directory;

    private static final Map<Class<?>, BackendTraits> TRAITS = new ConcurrentHashMap<>();

    private final List<Signal> signals = new ArrayList<>();

    private @Nullable TaskExecutor executor;

    /** For subclasses. */
    protected BackendFixture() {}

    /**
     * Opens an executor on the backend under test: a new backend each time, always of the same kind. Called once for each
     * test, which closes it.
     *
     * @param options sets the options of the executor: hand it to whatever makes that, such as
     *     {@link io.tournant.core.TaskExecutors#over(String, io.tournant.core.spi.TaskBackend, Consumer)}
     * @return a new executor
     * @throws IllegalArgumentException if the options do not fit the backend
     */
    protected abstract TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options);

    /**
     * Returns how many tasks the executors that {@link #open} makes run at once. Tests that need a task to wait its turn
     * are skipped where there is no such number.
     *
     * @return the number, or empty if every task begins without waiting for others
     */
    protected OptionalInt workers() {
        return OptionalInt.empty();
    }

    /**
     * Returns whether tasks may have to wait for others to end. A backend with a fixed number of workers may still begin
     * more tasks, in place of those that are blocked; then {@link #workers} is empty, since tests cannot occupy it.
     *
     * @return by default whether there is a number of {@link #workers}
     */
    protected boolean tasksMayWait() {
        return workers().isPresent();
    }

    /**
     * Returns code that brings down whatever process executes it. Used only if the backend
     * {@linkplain BackendTraits#isolatesCrashes() isolates crashes}.
     *
     * @param code the exit code of the process, which the loss of the task is to report
     * @return by default {@link Runtime#halt(int)}
     */
    protected Action crash(int code) {
        return () -> Runtime.getRuntime().halt(code);
    }

    /**
     * Kills the process that runs a task, from outside. Used only if the backend
     * {@linkplain BackendTraits#isolatesCrashes() isolates crashes}. By default the process is the one that the handle's
     * {@linkplain TaskHandle#placement() placement} names.
     *
     * @param handle a task that runs
     */
    protected void kill(TaskHandle<?> handle) {
        Placement.InProcess place = (Placement.InProcess) handle.placement().orElseThrow();
        ProcessHandle process = ProcessHandle.of(place.pid()).orElseThrow();
        if (!process.destroyForcibly()) {
            throw new AssertionError("The process cannot be killed: process=" + process);
        }
    }

    /**
     * Returns the executor of the present test, which is opened when it is first asked for.
     *
     * @return the executor
     */
    protected final synchronized TaskExecutor executor() {
        return executor != null ? executor : executor(plain -> {});
    }

    /** Opens the executor of the present test with options. */
    final synchronized TaskExecutor executor(Consumer<? super ExecutorOptions.Builder> options) {
        if (executor != null) {
            throw new IllegalStateException("A test has one executor, and opens it before anything else");
        }
        executor = open(options);
        TRAITS.put(getClass(), executor.traits());
        return executor;
    }

    @AfterEach
    final void closeExecutor() throws InterruptedException {
        Thread.interrupted(); // of a test that failed half-way
        signals.forEach(BackendFixture::raiseIfNot);
        if (executor != null) {
            executor.close(Poll.patience().dividedBy(3));
            executor.awaitTermination(
                    Poll.patience().toMillis(), TimeUnit.MILLISECONDS); // until then tasks write files
        }
    }

    private static void raiseIfNot(Signal signal) {
        if (!signal.isRaised()) {
            signal.raise();
        }
    }

    // ------------------------------------------------------------------ selection

    /** Looked up without an executor where one was opened before: opening may be costly. */
    final BackendTraits traits() {
        BackendTraits known = TRAITS.get(getClass());
        return known != null ? known : executor().traits();
    }

    final void assumeRunsBesideTheCaller() {
        assumeFalse(traits().runsInCaller(), "The backend runs tasks on the submitting thread");
    }

    final void assumeRunsTwoTasksAtOnce() {
        assumeRunsBesideTheCaller();
        assumeTrue(workers().orElse(2) > 1, "The backend has one worker");
    }

    final void assumeSharesMemory() {
        assumeTrue(traits().sharesMemory(), "The backend does not share memory with its tasks");
    }

    final void assumeCopies() {
        assumeFalse(traits().sharesMemory(), "The backend shares memory with its tasks");
    }

    final void assumeIsolatesCrashes() {
        assumeTrue(traits().isolatesCrashes(), "The backend does not isolate crashes");
    }

    /** For what System.exit, the standard streams and the id of a process are needed for. */
    final void assumeRunsInOtherProcesses() throws Exception {
        assumeIsolatesCrashes();
        long pid = get(executor().submit(() -> ProcessHandle.current().pid()));
        assumeFalse(pid == ProcessHandle.current().pid(), "The backend only plays processes");
    }

    final void assumeEndsWork() {
        assumeTrue(traits().endsWork(), "The backend cannot end work that ignores interruption");
    }

    final void assumeCannotEndWork() {
        assumeFalse(traits().endsWork(), "The backend ends work that ignores interruption");
    }

    /** How often a test repeats what must hold each time: less often where a task is expensive. */
    final int rounds(int onThreads, int elsewhere) {
        return traits().sharesMemory() ? onThreads : elsewhere;
    }

    // ------------------------------------------------------------------ between test and task

    /** Returns a signal of this test, which is raised at the end at the latest, so that no task waits for ever. */
    final Signal signal(String name) {
        Signal signal = new Signal(directory.resolve(name).toString());
        signals.add(signal);
        return signal;
    }

    final Journal journal(String name) {
        return new Journal(directory.resolve(name).toString());
    }

    final Tally tally(String name) {
        return new Tally(directory.resolve(name).toString());
    }

    /** Occupies every worker, so that what is submitted next has to wait until the signal returned is raised. */
    final Signal occupyAllWorkers() throws InterruptedException {
        OptionalInt count = workers();
        assumeTrue(count.isPresent(), "No task waits for its turn: the backend has no fixed number of workers");
        return occupy(count.getAsInt());
    }

    /** As the other, on an executor that runs so many tasks at once. */
    final Signal occupy(int count) throws InterruptedException {
        Signal release = signal("release-workers");
        for (int i = 0; i < count; i++) {
            Signal started = signal("occupied-" + i);
            awaitRunning(executor().submit(() -> started.hold(release)));
            started.await();
        }
        return release;
    }

    // ------------------------------------------------------------------ bounded waits

    static <T extends @Nullable Object> T get(Future<T> future) throws Exception {
        return future.get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    static Termination gone(TaskHandle<?> handle) throws Exception {
        return get(handle.termination().toCompletableFuture());
    }

    static void awaitEnd(TaskHandle<?> handle) throws InterruptedException {
        Poll.until("end of " + handle, handle::isDone);
    }

    static void awaitRunning(TaskHandle<?> handle) throws InterruptedException {
        Poll.until("start of " + handle, () -> handle.phase() == TaskPhase.RUNNING);
    }

    /** Awaits the termination of the executor, and tells whether it came. */
    final boolean isTerminatedInTime() throws InterruptedException {
        return executor().awaitTermination(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs code of a test on a thread of its own. */
    static <T extends @Nullable Object> FutureTask<T> beside(Callable<T> code) {
        FutureTask<T> future = new FutureTask<>(code);
        Thread.ofPlatform().daemon().name("contract-test").start(future);
        return future;
    }
}
