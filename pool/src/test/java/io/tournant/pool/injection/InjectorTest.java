package io.tournant.pool.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.pool.deque.Steal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InjectorTest {

    private record Numbered(int number) implements Runnable {
        @Override
        public void run() {}
    }

    private final List<Runnable> polled = new ArrayList<>();

    @Test
    void pollOfAnEmptyInjectorIsEmpty() {
        Injector injector = new Injector(4, 8);

        assertThat(injector.poll(0, 8, polled::add)).isEqualTo(Steal.EMPTY);
        assertThat(injector.isEmpty()).isTrue();
        assertThat(injector.size()).isZero();
    }

    @Test
    void onePollHandsOverTheOldestTaskAndThenTheOthersNewestFirst() {
        Injector injector = new Injector(4, 8);
        offer(injector, 0, 5);

        assertThat(injector.poll(0, 4, polled::add)).isEqualTo(Steal.SUCCESS);

        assertThat(polled).containsExactly(numbered(0, 3, 2, 1));
        assertThat(injector.size()).isEqualTo(1);
    }

    @Test
    void onePollTakesNoMoreThanTheBatchHolds() {
        Injector injector = new Injector(1, 2);
        offer(injector, 0, 5);

        injector.poll(0, 100, polled::add);

        assertThat(polled).hasSize(3);
    }

    @Test
    void pollsOfOneTaskKeepTheOrderOfAThread() {
        Injector injector = new Injector(4, 8);
        offer(injector, 0, 1000);

        while (injector.poll(0, 1, polled::add) == Steal.SUCCESS) {
            assertThat(polled).last().isEqualTo(new Numbered(polled.size() - 1));
        }
        assertThat(polled).hasSize(1000);
    }

    @Test
    void pollReturnsRetryWhileAnotherWorkerPollsTheStripe() {
        Injector injector = new Injector(1, 8);
        offer(injector, 0, 2);
        List<Steal> during = new ArrayList<>();

        injector.poll(0, 1, task -> during.add(injector.poll(0, 1, polled::add)));

        assertThat(during).containsExactly(Steal.RETRY);
        assertThat(injector.poll(0, 1, polled::add)).isEqualTo(Steal.SUCCESS);
        assertThat(polled).containsExactly(numbered(1));
    }

    @Test
    void aStripeIsFreeAgainAfterTheWorkerThrew() {
        Injector injector = new Injector(1, 8);
        offer(injector, 0, 2);

        assertThatThrownBy(() -> injector.poll(0, 1, task -> {
                    throw new IllegalStateException("thrown by the test");
                }))
                .hasMessage("thrown by the test");

        assertThat(injector.poll(0, 1, polled::add)).isEqualTo(Steal.SUCCESS);
    }

    @Test
    void drainTakesEverythingInOrder() {
        Injector injector = new Injector(2, 8);
        offer(injector, 0, 1000);

        injector.drain(polled::add);

        assertThat(polled).containsExactly(numbered(IntStream.range(0, 1000).toArray()));
        assertThat(injector.isEmpty()).isTrue();
    }

    @Test
    void everyTaskOfManyThreadsIsPolledOnce() throws InterruptedException {
        int producers = 4;
        int perProducer = 50_000;
        Injector injector = new Injector(2, 8);
        AtomicIntegerArray taken = new AtomicIntegerArray(producers * perProducer);
        CountDownLatch left = new CountDownLatch(producers * perProducer);
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int from = p * perProducer;
            threads.add(Thread.ofPlatform().daemon().start(() -> offer(injector, from, from + perProducer)));
        }
        for (int c = 0; c < 2; c++) {
            int first = c;
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                while (left.getCount() > 0) {
                    injector.poll(first, 8, task -> {
                        taken.incrementAndGet(((Numbered) task).number());
                        left.countDown();
                    });
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        for (int i = 0; i < taken.length(); i++) {
            assertThat(taken.get(i)).as("task %s", i).isEqualTo(1);
        }
    }

    @Test
    void aNumberOfStripesThatIsNoPowerOfTwoIsRefused() {
        for (int stripeCount : new int[] {Integer.MIN_VALUE, 0, 3, 1 << 17}) {
            assertThatThrownBy(() -> new Injector(stripeCount, 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("stripeCount=" + stripeCount);
        }
    }

    private static void offer(Injector injector, int from, int to) {
        for (int i = from; i < to; i++) {
            injector.offer(new Numbered(i));
        }
    }

    private static Runnable[] numbered(int... numbers) {
        return IntStream.of(numbers).mapToObj(Numbered::new).toArray(Runnable[]::new);
    }
}
