package io.tournant.pool.injection;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.seeded.Defect;
import io.tournant.pool.seeded.Lincheck;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** One submitter's offers and the polls of many workers look as if each happened at one moment. */
class InjectorLincheckTest {

    /**
     * One stripe, one submitter, polls of one task each. Several submitters would not do: one that stalls in an offer
     * hides those of others (Stripe, Accepted). Nor would batches, which are taken one task after the other.
     */
    public static class Operations {
        private final Injector injector = new Injector(1, 1);
        private int offered;

        @Operation(nonParallelGroup = "submitter")
        public void offer() {
            injector.offer(new Item(++offered));
        }

        @Operation
        public int poll() {
            int[] polled = {0};
            while (injector.poll(0, 1, task -> polled[0] = ((Item) task).number()) == Steal.RETRY) {
                Thread.onSpinWait();
            }
            return polled[0];
        }
    }

    /** The same, one after the other. */
    public static class Specification {
        private final Deque<Integer> queue = new ArrayDeque<>();
        private int offered;

        public void offer() {
            queue.addLast(++offered);
        }

        public int poll() {
            return queue.isEmpty() ? 0 : queue.removeFirst();
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
                        "return (int) CONSUMING.compareAndExchangeAcquire(this, 0, 1) == 0;",
                        "if ((int) CONSUMING.getVolatile(this) != 0) { return false; }"
                                + " CONSUMING.setVolatile(this, 1); return true;")
                .isCaughtBy(Operations.class, Specification.class);
    }
}
