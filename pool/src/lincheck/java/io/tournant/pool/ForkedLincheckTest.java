package io.tournant.pool;

import io.tournant.pool.seeded.Defect;
import io.tournant.pool.seeded.Lincheck;
import java.util.concurrent.CancellationException;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** The end of a stolen task, its cancellation and the looks of others happen at one moment each. */
class ForkedLincheckTest {

    /** What is checked. A task that nobody has stolen ends in another way: see Forked, Accepted. */
    public static class Operations {
        private final ForkTask<Integer> task = new ForkTask<>() {
            @Override
            protected Integer compute() {
                return 42;
            }
        };

        @Operation(nonParallelGroup = "thief")
        public void run() {
            task.run();
        }

        @Operation
        public boolean cancel() {
            return task.cancel(false);
        }

        @Operation
        public boolean isCancelled() {
            return task.isCancelled();
        }

        @Operation
        public boolean isDone() {
            return task.isDone();
        }

        @Operation
        public boolean awaitShortly() throws InterruptedException {
            return task.await(0);
        }

        @Operation
        public String outcome() {
            if (!task.isDone()) {
                return "none";
            }
            try {
                return String.valueOf(task.join());
            } catch (CancellationException cancelled) {
                return "cancelled";
            }
        }
    }

    /** The same, one after the other. */
    public static class Specification {
        private String outcome = "none";

        public void run() {
            if (!isDone()) {
                outcome = "42";
            }
        }

        public boolean cancel() {
            boolean cancels = !isDone();
            if (cancels) {
                outcome = "cancelled";
            }
            return cancels;
        }

        public boolean isCancelled() {
            return outcome.equals("cancelled");
        }

        public boolean isDone() {
            return !outcome.equals("none");
        }

        public boolean awaitShortly() {
            return isDone();
        }

        public String outcome() {
            return outcome;
        }
    }

    @Test
    void eachOperationHappensAtOneMoment() {
        Lincheck.check(Operations.class, Specification.class);
    }

    @Test
    void anEndInTwoStepsIsCaught() throws Exception {
        new Defect(
                        Forked.class,
                        "end-in-two-steps",
                        "return AUX.compareAndExchange(this, expected, next);",
                        "Object found = auxAcquire(); if (found == expected) { AUX.setRelease(this, next); } return found;")
                .isCaughtBy(Operations.class, Specification.class);
    }
}
