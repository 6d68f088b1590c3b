package io.tournant.examples.keyed;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tournant.core.Action;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract does not know: the keys. */
class KeyedBackendTest {

    private static TaskExecutor keyed(int threads) {
        return TaskExecutor.open("keyed?threads=" + threads);
    }

    // Each list is written by the tasks of one key alone, without synchronization. The submitters are closed first.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void tasksOfOneKeyRunOneAfterAnotherInTheOrderOfSubmission(int threads) {
        int keys = 20;
        int tasks = 2_000;
        List<List<Integer>> ran = new ArrayList<>();
        try (TaskExecutor executor = keyed(threads);
                TaskExecutor submitters = TaskExecutor.open("virtual")) {
            for (int key = 0; key < keys; key++) {
                List<Integer> lane = new ArrayList<>();
                ran.add(lane);
                TaskExecutor account = named(executor, "account-" + key);
                submitters.execute(() -> {
                    for (int i = 0; i < tasks; i++) {
                        int number = i;
                        account.execute(() -> lane.add(number));
                    }
                });
            }
        }
        assertThat(ran).hasSize(keys).allSatisfy(lane -> assertThat(lane)
                .isEqualTo(IntStream.range(0, tasks).boxed().toList()));
    }

    private static TaskExecutor named(TaskExecutor executor, String name) {
        return executor.with(o -> o.name(name));
    }

    @Test
    void tasksOfDifferentKeysOrOfNoneRunSideBySide() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(4);
        try (TaskExecutor executor = keyed(4)) {
            List<TaskHandle<Integer>> handles = List.of(
                    named(executor, "a").submit(() -> meeting.await(30, SECONDS)),
                    named(executor, "b").submit(() -> meeting.await(30, SECONDS)),
                    executor.submit(() -> meeting.await(30, SECONDS)),
                    executor.submit(() -> meeting.await(30, SECONDS)));
            for (TaskHandle<Integer> handle : handles) {
                assertThat(handle.get(30, SECONDS)).isBetween(0, 3);
            }
        }
    }

    @Test
    void aKeyWithManyTasksDoesNotKeepAThreadToItself() {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TaskExecutor executor = keyed(1)) {
            executor.execute(occupy(running, release));
            for (int i = 0; i < 3; i++) {
                named(executor, "many").execute(() -> ran.add("many"));
            }
            named(executor, "one").execute(() -> ran.add("one"));
            executor.execute(() -> ran.add("none"));
            release.countDown();
        }
        assertThat(ran).containsExactly("many", "one", "none", "many", "many");
    }

    /** Runs until it is released, whatever interrupts it. */
    private static Action occupy(CountDownLatch running, CountDownLatch release) {
        return () -> {
            running.countDown();
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) { // as if it had not been
                    Thread.onSpinWait();
                }
            }
        };
    }

    @Test
    void aStuckTaskKeepsItsKeyAndNotItsThread() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TaskExecutor executor = keyed(1)) {
            TaskExecutor account = named(executor, "account").with(o -> o.cancelGrace(Duration.ofMillis(10)));
            TaskHandle<?> stuck = account.submit(occupy(running, release));
            assertThat(running.await(30, SECONDS)).isTrue();
            TaskHandle<String> next = account.submit(() -> "next");
            TaskHandle<String> other = named(executor, "other").submit(() -> "other");
            stuck.cancel(true);

            assertThat(other.get(30, SECONDS)).isEqualTo("other");
            assertThat(executor.stats().abandoned()).isEqualTo(1);
            assertThat(next).isNotDone();
            release.countDown();
            assertThat(next.get(30, SECONDS)).isEqualTo("next");
        }
    }

    @Test
    void shutdownNowHandsBackWhatWaits() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TaskExecutor executor = keyed(1)) {
            TaskExecutor account = named(executor, "account");
            TaskHandle<String> interrupted = account.submit(() -> {
                running.countDown();
                release.await();
                return "interrupted";
            });
            assertThat(running.await(30, SECONDS)).isTrue();
            List<TaskHandle<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(account.submit(() -> {}));
                waiting.add(executor.submit(() -> {}));
            }
            assertThat(executor.shutdownNow()).hasSize(6);
            assertThat(waiting).allMatch(Future::isCancelled);
            assertThat(interrupted.isCancelled()).isTrue();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        }
    }

    @Test
    void anUnknownKeyOfTheConfigurationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskExecutor.open("keyed?thread=2"))
                .withMessageContaining("key=thread")
                .withMessageContaining("known=[threads]");
    }
}
