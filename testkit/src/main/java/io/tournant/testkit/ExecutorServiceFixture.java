package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Opens an executor for each test of {@link ExecutorServiceContract} and ends it afterwards. Its abstract method is what
 * the author of an executor supplies.
 *
 * <p>What must happen is awaited for 30 seconds; the system property {@code tournant.contract.patience}, an ISO
 * duration such as {@code PT60S}, changes that.
 */
@Timeout(90)
@ExtendWith(PromiseRecorder.class)
public abstract class ExecutorServiceFixture {

    static final String TERMINATED_AFTERWARDS = "terminated after the test";

    private final List<CountDownLatch> latches = new ArrayList<>();

    private @Nullable ExecutorService executor;

    /** For subclasses. */
    protected ExecutorServiceFixture() {}

    /**
     * Opens the executor under test. Called once for each test, which ends it.
     *
     * @return a new executor, always of the same kind, that runs at least two tasks at once and takes some thousands that
     *     wait
     */
    protected abstract ExecutorService open();

    /**
     * Returns how many tasks the executors that {@link #open} makes run at once. Tests that need a task to wait its turn
     * are skipped where there is no such number.
     *
     * @return the number, or empty if every task begins without waiting for others
     */
    protected OptionalInt workers() {
        return OptionalInt.empty();
    }

    @BeforeEach
    final void openExecutor() {
        executor = open();
    }

    final ExecutorService executor() {
        return Objects.requireNonNull(executor, "executor");
    }

    @AfterEach
    final void closeExecutor() throws InterruptedException {
        Thread.interrupted(); // of a test that failed half-way
        latches.forEach(CountDownLatch::countDown);
        if (executor != null) {
            executor.shutdownNow();
            assertThat(isTerminatedInTime()).as(TERMINATED_AFTERWARDS).isTrue();
        }
    }

    final boolean isTerminatedInTime() throws InterruptedException {
        return executor().awaitTermination(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns a latch that is open at the end of the test at the latest, so that no task waits for ever. */
    final CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        latches.add(latch);
        return latch;
    }

    static void pass(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(Poll.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("This did not happen in time: limit=" + Poll.patience());
        }
    }

    static <T extends @Nullable Object> T get(Future<T> future) throws Exception {
        return future.get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that says that it runs, and goes on when it is let. */
    final class Held implements Callable<String> {
        final CountDownLatch started = latch();
        final CountDownLatch release = latch();
        final CountDownLatch interrupted = latch();

        @Override
        public String call() throws InterruptedException {
            started.countDown();
            try {
                pass(release);
                if (Thread.interrupted()) { // a latch that is open already does not always look
                    throw new InterruptedException();
                }
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return "released";
        }
    }

    /** Occupies every worker, so that what is submitted next has to wait until the latch returned is opened. */
    final CountDownLatch occupyAllWorkers() throws InterruptedException {
        OptionalInt count = workers();
        assumeTrue(count.isPresent(), "No task waits for its turn: the executor has no fixed number of workers");
        CountDownLatch release = latch();
        CountDownLatch started = new CountDownLatch(count.getAsInt());
        for (int i = 0; i < count.getAsInt(); i++) {
            executor().execute(() -> {
                started.countDown();
                holdUntil(release);
            });
        }
        pass(started);
        return release;
    }

    /** Heeds an interrupt, which it keeps to itself. */
    static void holdUntil(CountDownLatch release) {
        try {
            pass(release);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs code of a test on a thread of its own. */
    static <T extends @Nullable Object> Future<T> beside(Callable<T> code) {
        FutureTask<T> future = new FutureTask<>(code);
        Thread.ofPlatform().daemon().name("contract-test").start(future);
        return future;
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the point of the tests
    static <T> T nothing() {
        return null;
    }
}
