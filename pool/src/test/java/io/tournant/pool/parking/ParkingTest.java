package io.tournant.pool.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ParkingTest {

    @Test
    void atFirstEverybodyIsParkedAndTheFirstWorkerOnTop() {
        Parking parking = new Parking(3);

        assertThat(parking.searching()).isZero();
        assertThat(parking.popAny()).isEqualTo(0);
        assertThat(parking.popAny()).isEqualTo(1);
        assertThat(parking.popAny()).isEqualTo(2);
        assertThat(parking.popAny()).isEqualTo(Parking.NONE);
        assertThat(parking.searching()).isEqualTo(3);
    }

    @Test
    void signalWakesNobodyWhileSomebodySearches() {
        Parking parking = new Parking(2);

        assertThat(parking.signal()).isEqualTo(0);
        assertThat(parking.signal()).isEqualTo(Parking.NONE);
        assertThat(parking.searching()).isEqualTo(1);
    }

    @Test
    void signalWakesTheNextOnceTheSearcherHasFoundWork() {
        Parking parking = new Parking(2);
        parking.signal();

        assertThat(parking.stopSearching()).as("must look again").isTrue();
        assertThat(parking.signal()).isEqualTo(1);
        assertThat(parking.stopSearching()).as("must look again").isFalse();
        assertThat(parking.signal()).isEqualTo(Parking.ALL_BUSY);
    }

    @Test
    void onlyTheLastSearcherMustLookAgain() {
        Parking parking = new Parking(3);
        parking.popAny();
        parking.startSearching();

        assertThat(parking.stopSearching()).isFalse();
        assertThat(parking.stopSearching()).isTrue();

        parking.startSearching();
        parking.popAny();
        assertThat(parking.park(0)).isFalse();
        assertThat(parking.park(1)).isTrue();
    }

    @Test
    void theWorkerThatParkedLastIsWokenFirst() {
        Parking parking = new Parking(3);
        parking.popAny();
        parking.popAny();
        parking.popAny();

        parking.park(1);
        parking.park(0);

        assertThat(parking.popAny()).isEqualTo(0);
        assertThat(parking.popAny()).isEqualTo(1);
    }

    @Test
    void aWorkerThatCannotBeWokenIsReplacedAndPutBack() {
        Parking parking = new Parking(2);
        int broken = parking.signal();

        int substitute = parking.replace(broken);
        parking.putBack(broken);

        assertThat(broken).isEqualTo(0);
        assertThat(substitute).isEqualTo(1);
        assertThat(parking.searching()).isEqualTo(1);
        assertThat(parking.popAny()).isEqualTo(broken);
    }

    @Test
    void aWorkerThatCannotBeReplacedIsPutBackAndNoLongerSearches() {
        Parking parking = new Parking(1);
        int broken = parking.signal();

        assertThat(parking.replace(broken)).isEqualTo(Parking.NONE);

        assertThat(parking.searching()).isZero();
        assertThat(parking.signal()).isEqualTo(broken);
    }

    @Test
    void theLargestNumberOfWorkersFits() {
        Parking parking = new Parking(Parking.MAXIMUM_WORKERS);
        for (int i = 0; i < Parking.MAXIMUM_WORKERS; i++) {
            assertThat(parking.popAny()).isEqualTo(i);
        }
        assertThat(parking.searching()).isEqualTo(Parking.MAXIMUM_WORKERS);
        for (int i = 0; i < Parking.MAXIMUM_WORKERS; i++) {
            assertThat(parking.park(i)).isEqualTo(i == Parking.MAXIMUM_WORKERS - 1);
        }
        assertThat(parking.popAny()).isEqualTo(Parking.MAXIMUM_WORKERS - 1);
    }

    @Test
    void aNumberOfWorkersOutOfRangeIsRefused() {
        for (int workers : new int[] {-1, 0, Parking.MAXIMUM_WORKERS + 1}) {
            assertThatThrownBy(() -> new Parking(workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("workers=" + workers);
        }
    }

    /** Walks through every transition in random order beside a model: the arrows drawn in {@link Parking}. */
    @Test
    void everyTransitionAgreesWithItsArrow() {
        int workers = 5;
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Parking parking = new Parking(workers);
        Deque<Integer> stack = new ArrayDeque<>();
        for (int i = 0; i < workers; i++) {
            stack.addLast(i);
        }
        Deque<Integer> searching = new ArrayDeque<>();
        Deque<Integer> running = new ArrayDeque<>();

        for (int i = 0; i < 100_000; i++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    int nobody = searching.isEmpty() ? Parking.ALL_BUSY : Parking.NONE;
                    int expected = searching.isEmpty() && !stack.isEmpty() ? stack.pop() : nobody;
                    assertThat(parking.signal()).isEqualTo(expected);
                    addUnlessNobody(searching, expected);
                }
                case 1 -> {
                    int expected = stack.isEmpty() ? Parking.NONE : stack.pop();
                    assertThat(parking.popAny()).isEqualTo(expected);
                    addUnlessNobody(searching, expected);
                }
                case 2 -> {
                    if (!running.isEmpty()) {
                        parking.startSearching();
                        searching.add(running.remove());
                    }
                }
                case 3 -> {
                    if (!searching.isEmpty()) {
                        running.add(searching.remove());
                        assertThat(parking.stopSearching()).isEqualTo(searching.isEmpty() && !stack.isEmpty());
                    }
                }
                case 4 -> {
                    if (!searching.isEmpty()) {
                        int worker = searching.remove();
                        assertThat(parking.park(worker)).isEqualTo(searching.isEmpty());
                        stack.push(worker);
                    }
                }
                default -> {
                    if (!searching.isEmpty()) {
                        int broken = searching.remove();
                        int expected = stack.isEmpty() ? Parking.NONE : stack.pop();
                        assertThat(parking.replace(broken)).isEqualTo(expected);
                        addUnlessNobody(searching, expected);
                        if (expected >= 0) {
                            parking.putBack(broken);
                        }
                        stack.push(broken);
                    }
                }
            }
            assertThat(parking.searching()).isEqualTo(searching.size());
        }
    }

    private static void addUnlessNobody(Deque<Integer> searching, int worker) {
        if (worker >= 0) {
            searching.add(worker);
        }
    }
}
