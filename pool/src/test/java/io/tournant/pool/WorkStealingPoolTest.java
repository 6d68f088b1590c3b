package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkStealingPoolTest {

    @Test
    void aTaskFromOutsideIsRun() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.ofDefaults()) {
            assertThat(pool.submit(() -> "done").get()).isEqualTo("done");
        }
    }

    @Test
    void aTaskFromAVirtualThreadIsRun() throws Exception {
        try (WorkStealingPool pool = pool(2)) {
            FutureTask<String> submitter =
                    new FutureTask<>(() -> pool.submit(() -> "done").get());
            Thread.ofVirtual().start(submitter);
            assertThat(submitter.get()).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void invokeAllRunsEverythingAtAnyParallelism(int parallelism) throws Exception {
        try (WorkStealingPool pool = pool(parallelism)) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                int number = i;
                calls.add(() -> number);
            }

            List<Future<Integer>> futures = pool.invokeAll(calls);

            for (int i = 0; i < 1000; i++) {
                assertThat(futures.get(i).get()).isEqualTo(i);
            }
        }
    }

    @Test
    void invokeAnyReturnsAResult() throws Exception {
        try (WorkStealingPool pool = pool(2)) {
            Callable<String> fails = () -> {
                throw new IllegalStateException("thrown by the test");
            };
            assertThat(pool.invokeAny(List.of(fails, () -> "done"))).isEqualTo("done");
        }
    }

    @Test
    void whatACallableThrowsIsTheCauseOfWhatGetThrows() {
        try (WorkStealingPool pool = pool(1)) {
            Exception thrown = new Exception("thrown by the test");
            Future<?> future = pool.submit(() -> {
                throw thrown;
            });
            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(thrown);
        }
    }

    @Test
    void tasksSubmittedByATaskAreStolenByOtherWorkers() throws Exception {
        try (WorkStealingPool pool = pool(2)) {
            CountDownLatch child = new CountDownLatch(1);
            Future<?> parent = pool.submit(() -> {
                pool.execute(child::countDown);
                child.await();
                return null;
            });
            parent.get();
            assertThat(pool.stats().stolen()).isEqualTo(1);
        }
    }

    @Test
    void aBatchThatOneWorkerFetchedIsSharedWithTheOthers() throws Exception {
        try (WorkStealingPool pool = pool(2)) {
            CountDownLatch release = occupy(pool, 2);
            CountDownLatch meeting = new CountDownLatch(2);
            Callable<Void> meet = () -> {
                meeting.countDown();
                meeting.await();
                return null;
            };
            List<Future<Void>> futures = List.of(pool.submit(meet), pool.submit(meet));
            release.countDown();
            for (Future<Void> future : futures) {
                future.get();
            }
        }
    }

    @Test
    void aTaskOfOnePoolCountsAsOutsideForAnother() throws Exception {
        try (WorkStealingPool one = pool(1);
                WorkStealingPool other = pool(1)) {
            Callable<Boolean> onWorker = () -> Thread.currentThread() instanceof WorkerThread;
            assertThat(one.submit(() -> other.submit(onWorker).get()).get()).isTrue();
            assertThat(other.stats().injected()).isEqualTo(1);
        }
    }

    @Test
    void executeQueuesTheObjectItself() throws Exception {
        try (WorkStealingPool pool = pool(1)) {
            CountDownLatch release = occupy(pool, 1);
            Runnable task = () -> {};
            pool.execute(task);

            List<Runnable> unstarted = new ArrayList<>();
            pool.withdrawal().drainTo(Runnable.class, unstarted::add);

            assertThat(unstarted).singleElement().isSameAs(task);
            release.countDown();
        }
    }

    @Test
    void whatEachWorkerRunsCanBeSeen() throws Exception {
        try (WorkStealingPool pool = pool(2)) {
            pool.showRunning();
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Runnable task = () -> {
                started.countDown();
                awaitQuietly(release);
            };
            pool.execute(task);
            started.await();

            List<Runnable> running = new ArrayList<>();
            pool.forEachRunning(running::add);
            assertThat(running).singleElement().isSameAs(task);

            release.countDown();
            await().untilAsserted(() -> {
                List<Runnable> later = new ArrayList<>();
                pool.forEachRunning(later::add);
                assertThat(later).isEmpty();
            });
        }
    }

    @Test
    void threadsAreStartedWhenThereIsWorkForThem() throws Exception {
        try (WorkStealingPool pool = pool(16)) {
            for (int i = 0; i < 10; i++) {
                pool.submit(() -> {}).get();
            }
            assertThat(pool.stats().threads()).isLessThan(16);
            CountDownLatch release = occupy(pool, 16);
            assertThat(pool.stats().threads()).isEqualTo(16);
            release.countDown();
        }
    }

    @Test
    void statisticsCountWhatHappened() throws Exception {
        WorkStealingPool pool = pool(1);
        CountDownLatch release = occupy(pool, 1);
        for (int i = 0; i < 5; i++) {
            pool.execute(() -> {});
        }
        assertThat(pool.stats().parallelism()).isEqualTo(1);
        assertThat(pool.stats().threads()).isEqualTo(1);
        assertThat(pool.stats().queued()).isEqualTo(5);
        assertThat(pool.stats().executed()).isZero();

        release.countDown();
        pool.close();

        PoolStats stats = pool.stats();
        assertThat(stats.queued()).isZero();
        assertThat(stats.executed()).isEqualTo(6);
        assertThat(stats.injected()).isEqualTo(6);
        assertThat(stats.stolen()).isZero();
        await().untilAsserted(() -> {
            assertThat(pool.stats().threads()).isZero();
            assertThat(pool.stats().searching()).isZero();
        });
    }

    @Test
    void aWorkerWithoutTasksParks() {
        try (WorkStealingPool pool = pool(2)) {
            pool.execute(() -> {});
            await().until(() -> pool.stats().parks() > 0 && pool.stats().searching() == 0);
            long executed = pool.stats().executed();
            pool.execute(() -> {});
            await().until(() -> pool.stats().executed() == executed + 1);
        }
    }

    @Test
    void wrongOptionsAreRefusedByName() {
        WorkStealingPool.Builder builder = WorkStealingPool.builder();
        assertThatThrownBy(() -> builder.parallelism(0)).hasMessageContaining("parallelism=0");
        assertThatThrownBy(() -> builder.parallelism(32_768)).hasMessageContaining("parallelism=32768");
        assertThatThrownBy(() -> builder.name(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    static WorkStealingPool pool(int parallelism) {
        return WorkStealingPool.builder().parallelism(parallelism).name("test").build();
    }

    /** Makes the given number of workers run tasks that wait for the latch returned. */
    static CountDownLatch occupy(WorkStealingPool pool, int workers) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(workers);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < workers; i++) {
            pool.execute(() -> {
                started.countDown();
                awaitQuietly(release);
            });
        }
        started.await();
        return release;
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
