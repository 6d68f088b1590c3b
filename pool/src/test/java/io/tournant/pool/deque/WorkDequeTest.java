package io.tournant.pool.deque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkDequeTest {

    private record Numbered(int number) implements Runnable {
        @Override
        public void run() {}
    }

    private final List<Runnable> stolen = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 64})
    void popReturnsTasksInReverseOrderOfPush(int capacity) {
        WorkDeque deque = new WorkDeque(capacity);
        push(deque, 0, 10);

        for (int i = 9; i >= 0; i--) {
            assertThat(deque.pop()).isEqualTo(new Numbered(i));
        }
        assertThat(deque.pop()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 64})
    void stealReturnsTasksInOrderOfPush(int capacity) {
        WorkDeque deque = new WorkDeque(capacity);
        push(deque, 0, 10);

        for (int i = 0; i < 10; i++) {
            assertThat(deque.steal(stolen::add)).isEqualTo(Steal.SUCCESS);
            assertThat(stolen).last().isEqualTo(new Numbered(i));
        }
        assertThat(deque.steal(stolen::add)).isEqualTo(Steal.EMPTY);
        assertThat(stolen).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void positionsRunThroughTheArrayManyTimesWithoutGrowth(int capacity) {
        WorkDeque deque = new WorkDeque(capacity);
        for (int i = 0; i < 1000; i++) {
            deque.push(new Numbered(i));
            assertThat(deque.steal(stolen::add)).isEqualTo(Steal.SUCCESS);
            assertThat(deque.pop()).isNull();
        }
        assertThat(stolen).hasSize(1000);
    }

    @Test
    void whatHasGrownCanBeGivenBackWhenItIsEmpty() {
        WorkDeque deque = new WorkDeque(2);
        assertThat(deque.isGrown()).isFalse();
        push(deque, 0, 5);
        assertThat(deque.isGrown()).isTrue();
        deque.shrink();
        assertThat(deque.isGrown()).as("not while it holds tasks").isTrue();
        assertThat(deque.steal(stolen::add)).isEqualTo(Steal.SUCCESS);
        for (int i = 4; i > 0; i--) {
            assertThat(deque.pop()).isEqualTo(new Numbered(i));
        }
        deque.shrink();
        assertThat(deque.isGrown()).isFalse();
        push(deque, 5, 9);
        for (int i = 8; i >= 5; i--) {
            assertThat(deque.pop()).isEqualTo(new Numbered(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void randomUseAgreesWithAPlainDeque(int capacity) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        WorkDeque deque = new WorkDeque(capacity);
        ArrayDeque<Runnable> model = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Runnable task = new Numbered(i);
                    deque.push(task);
                    model.addLast(task);
                }
                case 2, 3 -> assertThat(deque.pop()).isSameAs(model.pollLast());
                default -> {
                    stolen.clear();
                    Steal expected = model.isEmpty() ? Steal.EMPTY : Steal.SUCCESS;
                    assertThat(deque.steal(stolen::add)).isEqualTo(expected);
                    assertThat(stolen.isEmpty() ? null : stolen.getFirst()).isSameAs(model.pollFirst());
                }
            }
            assertThat(deque.size()).isEqualTo(model.size());
            assertThat(deque.isEmpty()).isEqualTo(model.isEmpty());
        }
    }

    @Test
    void theSameTaskMayBeQueuedManyTimes() {
        WorkDeque deque = new WorkDeque(2);
        Runnable task = () -> {};
        for (int i = 0; i < 5; i++) {
            deque.push(task);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(deque.pop()).isSameAs(task);
        }
        assertThat(deque.isEmpty()).isTrue();
    }

    @Test
    void tasksThatWereTakenAreNotKeptAlive() {
        WorkDeque deque = new WorkDeque(2);
        List<WeakReference<Runnable>> references = pushAndTakeThree(deque);

        await().until(() -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.refersTo(null));
        });
        assertThat(deque.isEmpty()).isTrue();
    }

    private static List<WeakReference<Runnable>> pushAndTakeThree(WorkDeque deque) {
        List<WeakReference<Runnable>> references = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Runnable task = new Numbered(i);
            references.add(new WeakReference<>(task));
            deque.push(task);
        }
        assertThat(deque.steal(task -> {})).isEqualTo(Steal.SUCCESS);
        assertThat(deque.pop()).isNotNull();
        assertThat(deque.pop()).isNotNull();
        return references;
    }

    @Test
    void aCapacityThatIsNoPowerOfTwoIsRefused() {
        for (int capacity : new int[] {Integer.MIN_VALUE, -1, 0, 3, 1 << 29}) {
            assertThatThrownBy(() -> new WorkDeque(capacity))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("capacity=" + capacity);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void ownerAndThievesTakeEveryTaskOnce(int capacity) throws InterruptedException {
        int count = 300_000;
        WorkDeque deque = new WorkDeque(capacity);
        AtomicIntegerArray taken = new AtomicIntegerArray(count);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch thieves = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!done.get() || !deque.isEmpty()) {
                    if (deque.steal(task -> taken.incrementAndGet(((Numbered) task).number())) != Steal.SUCCESS) {
                        Thread.onSpinWait();
                    }
                }
                thieves.countDown();
            });
        }

        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < count; i++) {
            deque.push(new Numbered(i));
            if (random.nextInt(3) == 0 && deque.pop() instanceof Numbered numbered) {
                taken.incrementAndGet(numbered.number());
            }
        }
        done.set(true);
        thieves.await();

        for (int i = 0; i < count; i++) {
            assertThat(taken.get(i)).as("task %s", i).isEqualTo(1);
        }
    }

    /** A thief that stalls must not take a later occurrence of the object that it saw. */
    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void ownerAndThievesTakeTheSameTaskAsOftenAsItWasPushed(int capacity) throws InterruptedException {
        int count = 300_000;
        WorkDeque deque = new WorkDeque(capacity);
        Runnable task = () -> {};
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> thieves = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            thieves.add(Thread.ofPlatform().daemon().start(() -> {
                while (!done.get() || !deque.isEmpty()) {
                    deque.steal(same -> taken.incrementAndGet());
                }
            }));
        }

        for (int i = 0; i < count; i++) {
            deque.push(task);
            if (i % 4 == 0 && deque.pop() != null) {
                taken.incrementAndGet();
            }
        }
        done.set(true);
        for (Thread thief : thieves) {
            thief.join();
        }

        assertThat(taken).hasValue(count);
    }

    private static void push(WorkDeque deque, int from, int to) {
        for (int i = from; i < to; i++) {
            deque.push(new Numbered(i));
        }
    }
}
