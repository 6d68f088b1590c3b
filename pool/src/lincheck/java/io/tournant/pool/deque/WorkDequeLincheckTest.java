package io.tournant.pool.deque;

import io.tournant.pool.seeded.Defect;
import io.tournant.pool.seeded.Lincheck;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The owner's operations and those of thieves look as if each happened at one moment. */
class WorkDequeLincheckTest {

    /** Room for one task only, so that it grows. */
    public static class Operations {
        private final WorkDeque deque = new WorkDeque(1);
        private int pushed;
        private @Nullable Item last;
        private int lastPosition;

        @Operation(nonParallelGroup = "owner")
        public void push() {
            last = new Item(++pushed);
            lastPosition = deque.nextPosition();
            deque.push(last);
        }

        @Operation(nonParallelGroup = "owner")
        public int pop() {
            return numberOf(deque.pop());
        }

        @Operation(nonParallelGroup = "owner")
        public boolean takeOutLast() {
            return last != null && deque.takeOut(last, lastPosition);
        }

        @Operation(nonParallelGroup = "owner")
        public boolean popIfLast() {
            return last != null && deque.popIf(last);
        }

        @Operation
        public int steal() {
            int[] stolen = {0};
            while (deque.steal(task -> stolen[0] = numberOf(task)) == Steal.RETRY) {
                Thread.onSpinWait();
            }
            return stolen[0];
        }
    }

    /** The same, one after the other. */
    public static class Specification {
        private final Deque<Integer> deque = new ArrayDeque<>();
        private int pushed;

        public void push() {
            deque.addLast(++pushed);
        }

        public int pop() {
            return deque.isEmpty() ? 0 : deque.removeLast();
        }

        public boolean takeOutLast() {
            return deque.removeLastOccurrence(pushed);
        }

        public boolean popIfLast() {
            return deque.removeLastOccurrence(pushed);
        }

        public int steal() {
            return deque.isEmpty() ? 0 : deque.removeFirst();
        }
    }

    record Item(int number) implements Runnable {
        @Override
        public void run() {}
    }

    private static int numberOf(@Nullable Runnable task) {
        return task == null ? 0 : ((Item) task).number();
    }

    @Test
    void eachOperationHappensAtOneMoment() {
        Lincheck.check(Operations.class, Specification.class);
    }

    @Test
    void anExchangeInTwoStepsIsCaught() throws Exception {
        new Defect(
                        WorkDeque.class,
                        "exchange-in-two-steps",
                        "return (Runnable) (Object) SLOT.getAndSetAcquire(a, i, (Object) null);",
                        "Object task = (Object) SLOT.getVolatile(a, i); SLOT.setVolatile(a, i, (Object) null);"
                                + " return (Runnable) task;")
                .isCaughtBy(Operations.class, Specification.class);
    }
}
