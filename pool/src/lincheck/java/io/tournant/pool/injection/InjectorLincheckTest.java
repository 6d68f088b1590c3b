package io.tournant.pool.injection;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.seeded.Defect;
import io.tournant.pool.seeded.Lincheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** One submitter's offers and the polls of many workers look as if each happened at one moment. */
class InjectorLincheckTest {

    /** One stripe, and batches of two. Several submitters are left out: one that stalls in an offer hides later ones. */
    public static class Operations {
        private final Injector injector = new Injector(1, 1);
        private int offered;

        @Operation(nonParallelGroup = "submitter")
        public void offer() {
            injector.offer(new Item(++offered));
        }

        @Operation
        public List<Integer> pollOne() {
            return poll(1);
        }

        @Operation
        public List<Integer> pollTwo() {
            return poll(2);
        }

        private List<Integer> poll(int max) {
            List<Integer> polled = new ArrayList<>();
            while (injector.poll(0, max, task -> polled.add(((Item) task).number())) == Steal.RETRY) {
                Thread.onSpinWait();
            }
            Collections.sort(polled);
            return polled;
        }
    }

    /** The same, one after the other. */
    public static class Specification {
        private final Deque<Integer> queue = new ArrayDeque<>();
        private int offered;

        public void offer() {
            queue.addLast(++offered);
        }

        public List<Integer> pollOne() {
            return poll(1);
        }

        public List<Integer> pollTwo() {
            return poll(2);
        }

        private List<Integer> poll(int max) {
            List<Integer> polled = new ArrayList<>();
            while (polled.size() < max && !queue.isEmpty()) {
                polled.add(queue.removeFirst());
            }
            return polled;
        }
    }

    record Item(int number) implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void eachOperationHappensAtOneMoment() {
        Lincheck.check(Operations.class, Specification.class);
    }

    @Test
    void aLockInTwoStepsIsCaught() throws Exception {
        new Defect(
                        Stripe.class,
                        "lock-in-two-steps",
                        "return (int) CONSUMING.compareAndExchangeAcquire(this, 0, 1) == 0; // CONSUMER",
                        "if ((int) CONSUMING.getVolatile(this) != 0) { return false; }"
                                + " CONSUMING.setVolatile(this, 1); return true;")
                .isCaughtBy(Operations.class, Specification.class);
    }
}
