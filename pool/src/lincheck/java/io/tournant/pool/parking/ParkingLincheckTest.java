package io.tournant.pool.parking;

import io.tournant.pool.seeded.Defect;
import io.tournant.pool.seeded.Lincheck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * The word and the stack look as if each operation happened at one moment. A thread stands for the workers that it took
 * off the stack: it parks them in that order, which is what deceives a word without a version.
 */
class ParkingLincheckTest {

    private static final int WORKERS = 3;
    private static final int THREADS = 6;

    /** The workers that each thread has taken off the stack. */
    private static final class Awake {
        private final List<Deque<Integer>> byThread = Stream.generate(() -> (Deque<Integer>) new ArrayDeque<Integer>())
                .limit(THREADS)
                .toList();

        int add(int thread, int worker) {
            if (worker >= 0) {
                byThread.get(thread).addLast(worker);
            }
            return worker;
        }

        boolean isEmpty(int thread) {
            return byThread.get(thread).isEmpty();
        }

        int remove(int thread) {
            return byThread.get(thread).removeFirst();
        }
    }

    /** What is checked. All workers that are awake count as searching, but for moments within one operation. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Operations {
        private final Parking parking = new Parking(WORKERS);
        private final Awake awake = new Awake();

        @Operation
        public int popAny(@Param(name = "thread") int thread) {
            return awake.add(thread, parking.popAny());
        }

        @Operation
        public int signal(@Param(name = "thread") int thread) {
            return awake.add(thread, parking.signal());
        }

        @Operation
        public String park(@Param(name = "thread") int thread) {
            return awake.isEmpty(thread) ? "nobody" : "last=" + parking.park(awake.remove(thread));
        }

        @Operation
        public int searching() {
            return parking.searching();
        }
    }

    /** The stack alone. The count of those that search is as before after each operation, so that it hides nothing. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Stack {
        private final Parking parking = new Parking(WORKERS);
        private final Awake awake = new Awake();

        @Operation
        public int take(@Param(name = "thread") int thread) {
            int worker = parking.popAny();
            if (worker != Parking.NONE) {
                parking.stopSearching();
            }
            return awake.add(thread, worker);
        }

        @Operation
        public void put(@Param(name = "thread") int thread) {
            if (!awake.isEmpty(thread)) {
                parking.startSearching();
                parking.park(awake.remove(thread));
            }
        }
    }

    /** The same, one after the other. */
    public static class StackSpecification {
        private final Deque<Integer> parked = new ArrayDeque<>(List.of(0, 1, 2));
        private final Awake awake = new Awake();

        public int take(int thread) {
            return parked.isEmpty() ? Parking.NONE : awake.add(thread, parked.pop());
        }

        public void put(int thread) {
            if (!awake.isEmpty(thread)) {
                parked.push(awake.remove(thread));
            }
        }
    }

    /** What Operations are, one after the other. */
    public static class Specification {
        private final Deque<Integer> parked = new ArrayDeque<>(List.of(0, 1, 2));
        private final Awake awake = new Awake();

        public int popAny(int thread) {
            return parked.isEmpty() ? Parking.NONE : awake.add(thread, parked.pop());
        }

        public int signal(int thread) {
            if (parked.size() < WORKERS) {
                return Parking.NONE;
            }
            return popAny(thread);
        }

        public String park(int thread) {
            if (awake.isEmpty(thread)) {
                return "nobody";
            }
            parked.push(awake.remove(thread));
            return "last=" + (parked.size() == WORKERS);
        }

        public int searching() {
            return WORKERS - parked.size();
        }
    }

    @Test
    void eachOperationHappensAtOneMoment() {
        Lincheck.check(Operations.class, Specification.class);
    }

    @Test
    void theStackIsOne() {
        Lincheck.check(Stack.class, StackSpecification.class);
    }

    @Test
    void aWordWithoutVersionIsCaught() throws Exception {
        new Defect(Parking.class, "no-version", "(version & -VERSION_ONE) |", "")
                .isCaughtBy(Stack.class, StackSpecification.class);
    }

    @Test
    void aCasInTwoStepsIsCaught() throws Exception {
        new Defect(
                        Parking.class,
                        "cas-in-two-steps",
                        "return WORD.weakCompareAndSet(this, expected, next);",
                        "if (wordAcquire() != expected) { return false; } WORD.setVolatile(this, next); return true;")
                .isCaughtBy(Operations.class, Specification.class);
    }
}
