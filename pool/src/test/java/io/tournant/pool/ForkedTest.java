package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("FutureReturnValueIgnored") // of forks
class ForkedTest {

    /** A computation from a lambda. */
    private static final class Computed extends ForkTask<Integer> {
        private final IntSupplier code;

        Computed(IntSupplier code) {
            this.code = code;
        }

        @Override
        protected Integer compute() {
            return code.getAsInt();
        }
    }

    private static final class Fibonacci extends ForkTask<Integer> {
        private final int n;

        Fibonacci(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Fibonacci first = new Fibonacci(n - 1);
            first.fork();
            return new Fibonacci(n - 2).compute() + first.join();
        }
    }

    private static final class Sort extends ForkAction {
        private final int[] numbers;
        private final int from;
        private final int to;

        Sort(int[] numbers, int from, int to) {
            this.numbers = numbers;
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            if (to - from < 50) {
                Arrays.sort(numbers, from, to);
                return;
            }
            int middle = (from + to) >>> 1;
            invokeAll(new Sort(numbers, from, middle), new Sort(numbers, middle, to));
            int[] merged = new int[to - from];
            int left = from;
            int right = middle;
            for (int i = 0; i < merged.length; i++) {
                boolean takeLeft = right == to || (left < middle && numbers[left] <= numbers[right]);
                merged[i] = takeLeft ? numbers[left++] : numbers[right++];
            }
            System.arraycopy(merged, 0, numbers, from, merged.length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void aTreeOfForksComesToItsResultAtAnyParallelism(int parallelism) {
        try (WorkStealingPool pool = pool(parallelism)) {
            for (int round = 0; round < 20; round++) {
                assertThat(pool.invoke(new Fibonacci(20))).isEqualTo(6765);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void actionsSort(int parallelism) {
        int[] numbers = RandomGenerator.of("L64X128MixRandom").ints(200_000).toArray();
        int[] expected = numbers.clone();
        Arrays.sort(expected);
        try (WorkStealingPool pool = pool(parallelism)) {
            pool.invoke(new Sort(numbers, 0, numbers.length));
        }
        assertThat(numbers).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void tasksAreJoinedInAnyOrder(int parallelism) {
        int count = 2000;
        try (WorkStealingPool pool = pool(parallelism)) {
            int sum = pool.invoke(new Computed(() -> {
                List<Forked<Integer>> forked = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    int number = i;
                    forked.add(new Computed(() -> number).fork());
                }
                int total = 0;
                for (int i = 0; i < count; i += 2) {
                    total += forked.get(i).join();
                }
                for (int i = count - 1; i > 0; i -= 2) {
                    total += forked.get(i).join();
                }
                return total;
            }));
            assertThat(sum).isEqualTo(count * (count - 1) / 2);
        }
    }

    /** A join that ran whatever was forked last would run the second task, which waits for what follows the join. */
    @Test
    void aJoinRunsNothingButWhatItWaitsFor() {
        try (WorkStealingPool pool = pool(1)) {
            int sum = pool.invoke(new Computed(() -> {
                AtomicBoolean joined = new AtomicBoolean();
                Forked<Integer> first = new Computed(() -> 1).fork();
                Forked<Integer> second = new Computed(() -> joined.get() ? 2 : 20).fork();
                int result = first.join();
                joined.set(true);
                return result + second.join();
            }));
            assertThat(sum).isEqualTo(3);
        }
    }

    @Test
    void aStolenTaskIsHelpedAlong() {
        try (WorkStealingPool pool = pool(2)) {
            int sum = pool.invoke(new Computed(() -> {
                CountDownLatch stolen = new CountDownLatch(1);
                CountDownLatch joining = new CountDownLatch(1);
                Forked<Integer> outer = new Computed(() -> {
                            stolen.countDown();
                            List<Forked<Integer>> parts = new ArrayList<>();
                            for (int i = 0; i < 10; i++) {
                                parts.add(new Computed(() -> 1).fork());
                            }
                            joining.countDown();
                            // Of the ten parts this worker runs none by itself before the other has taken one.
                            await().until(() -> parts.stream().anyMatch(Future::isDone));
                            return parts.reversed().stream()
                                    .mapToInt(Forked::join)
                                    .sum();
                        })
                        .fork();
                awaitLatch(stolen);
                awaitLatch(joining);
                return outer.join();
            }));
            assertThat(sum).isEqualTo(10);
        }
    }

    @Test
    void whatAComputationThrowsIsThrownByJoinAndInvokeTheSameObject() {
        IllegalStateException thrown = new IllegalStateException("thrown by the test");
        try (WorkStealingPool pool = pool(2)) {
            Computed failing = new Computed(() -> {
                throw thrown;
            });
            assertThatThrownBy(() -> pool.invoke(failing)).isSameAs(thrown);
            assertThatThrownBy(failing::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(thrown);
            assertThat(failing.state()).isEqualTo(Future.State.FAILED);
            assertThat(failing.exceptionNow()).isSameAs(thrown);

            Throwable inside = pool.invoke(new ForkTask<Throwable>() {
                @Override
                protected Throwable compute() {
                    Forked<Integer> child = new Computed(() -> {
                                throw thrown;
                            })
                            .fork();
                    try {
                        child.join();
                        return new AssertionError("join returned");
                    } catch (IllegalStateException e) {
                        return e;
                    }
                }
            });
            assertThat(inside).isSameAs(thrown);
        }
    }

    @Test
    void invokeAllOfTwoCancelsTheSecondIfTheFirstThrows() {
        IllegalStateException thrown = new IllegalStateException("thrown by the test");
        try (WorkStealingPool pool = pool(1)) {
            Computed second = new Computed(() -> 2);
            Computed outer = new Computed(() -> {
                Forked.invokeAll(
                        new Computed(() -> {
                            throw thrown;
                        }),
                        second);
                return 0;
            });
            assertThatThrownBy(() -> pool.invoke(outer)).isSameAs(thrown);
            assertThat(second.isCancelled()).isTrue();
        }
    }

    @Test
    void invokeAllTakesAnArrayOrACollectionAndReturnsIt() {
        try (WorkStealingPool pool = pool(2)) {
            int sum = pool.invoke(new Computed(() -> {
                List<Computed> tasks = List.of(new Computed(() -> 1), new Computed(() -> 2), new Computed(() -> 3));
                Computed fourth = new Computed(() -> 4);
                Forked.invokeAll(fourth, new Computed(() -> 0), new Computed(() -> 0));
                Forked.invokeAll(List.<Computed>of());
                return Forked.invokeAll(tasks).stream().mapToInt(Forked::join).sum() + fourth.join();
            }));
            assertThat(sum).isEqualTo(10);
        }
    }

    @Test
    void aTaskThatIsCancelledBeforeItBeginsIsNotRun() {
        AtomicInteger runs = new AtomicInteger();
        try (WorkStealingPool pool = pool(1)) {
            Computed child = new Computed(runs::incrementAndGet);
            Computed outer = new Computed(() -> {
                child.fork();
                assertThat(child.cancel(true)).isTrue();
                assertThat(child.cancel(true)).isFalse();
                return child.join();
            });
            assertThatThrownBy(() -> pool.invoke(outer)).isInstanceOf(CancellationException.class);
            assertThat(child.isCancelled()).isTrue();
            assertThat(child.isDone()).isTrue();
            assertThat(child.state()).isEqualTo(Future.State.CANCELLED);
            assertThatThrownBy(child::get).isInstanceOf(CancellationException.class);
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    void aCancellationEndsTheWaitForATaskThatHasBegun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (WorkStealingPool pool = pool(1)) {
            Forked<Integer> task = pool.submit(new Computed(() -> {
                begun.countDown();
                awaitLatch(end);
                return 1;
            }));
            begun.await();
            assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(task.cancel(false)).isTrue();
            assertThatThrownBy(task::join).isInstanceOf(CancellationException.class);
            end.countDown();
        }
    }

    @Test
    void manyForeignThreadsMayWaitForOneTask() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger sum = new AtomicInteger();
        try (WorkStealingPool pool = pool(2)) {
            Forked<Integer> task = pool.submit(new Computed(() -> {
                awaitLatch(end);
                return 1;
            }));
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                threads.add(Thread.ofVirtual().start(() -> sum.addAndGet(task.join())));
            }
            await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(sum).hasValue(10);
    }

    /** Its forker ends an unstolen task without a fence, and without looking twice. */
    @Test
    void aForeignThreadMayWaitForATaskThatItsForkerRuns() throws Exception {
        CountDownLatch forked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Computed child = new Computed(() -> {
            awaitLatch(end);
            return 7;
        });
        try (WorkStealingPool pool = pool(1)) {
            Forked<Integer> outer = pool.submit(new Computed(() -> {
                child.fork();
                forked.countDown();
                return child.join();
            }));
            forked.await();
            Thread waiter = Thread.ofPlatform().start(child::join);
            await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            end.countDown();
            assertThat(outer.get()).isEqualTo(7);
            waiter.join();
            assertThat(child.resultNow()).isEqualTo(7);
        }
    }

    @Test
    void anInterruptionEndsGetAndIsKeptByJoin() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (WorkStealingPool pool = pool(1)) {
            Forked<Integer> task = pool.submit(new Computed(() -> {
                awaitLatch(end);
                return 1;
            }));
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread getter = Thread.ofPlatform().start(() -> {
                try {
                    task.get();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                } catch (ExecutionException e) {
                    throw new AssertionError(e);
                }
            });
            getter.interrupt();
            getter.join();
            assertThat(interrupted).isTrue();

            AtomicBoolean kept = new AtomicBoolean();
            Thread joiner = Thread.ofPlatform().start(() -> {
                task.join();
                kept.set(Thread.currentThread().isInterrupted());
            });
            joiner.interrupt();
            end.countDown();
            joiner.join();
            assertThat(kept).isTrue();
        }
    }

    @Test
    void aForkOutsideOfAPoolIsRefused() {
        assertThatThrownBy(() -> new Computed(() -> 1).fork())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("invoke, submit or execute");
        assertThatThrownBy(() -> new Computed(() -> 1).invoke()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anUnforkedTaskIsNotRunForItsFork() {
        try (WorkStealingPool pool = pool(1)) {
            assertThat(pool.invoke(new Computed(() -> {
                        Computed task = new Computed(() -> 1);
                        task.fork();
                        assertThat(Forked.queuedTaskCount()).isEqualTo(1);
                        assertThat(task.tryUnfork()).isTrue();
                        assertThat(task.tryUnfork()).isFalse();
                        assertThat(Forked.queuedTaskCount()).isZero();
                        return task.isDone() ? 1 : 2;
                    })))
                    .isEqualTo(2);
        }
    }

    @Test
    void shutdownNowCancelsWhatWasForkedAndNobodyWaitsForEver() throws Exception {
        WorkStealingPool pool = pool(1);
        CountDownLatch forked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Computed child = new Computed(() -> 1);
        Forked<Integer> outer = pool.submit(new Computed(() -> {
            child.fork();
            forked.countDown();
            awaitLatch(stopped);
            return child.join();
        }));
        forked.await();
        assertThat(pool.shutdownNow()).containsExactly(child);
        stopped.countDown();
        assertThatThrownBy(outer::get).hasCauseInstanceOf(CancellationException.class);
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThatThrownBy(() -> pool.invoke(new Computed(() -> 1))).isInstanceOf(RejectedExecutionException.class);
    }

    private static void awaitLatch(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static WorkStealingPool pool(int parallelism) {
        return WorkStealingPool.builder().parallelism(parallelism).build();
    }
}
