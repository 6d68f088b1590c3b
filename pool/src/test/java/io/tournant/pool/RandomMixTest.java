package io.tournant.pool;

import static io.tournant.pool.WorkStealingPoolTest.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Ten million tasks that come to a pool in all the ways there are. */
@SuppressWarnings("FutureReturnValueIgnored") // of forks that nobody joins
class RandomMixTest {

    private static final int TASKS = 10_000_000;
    private static final int MOST_CHILDREN = 12;

    private final AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder ran = new LongAdder();

    @Test
    void nothingIsLostAndNothingRunsTwice() throws InterruptedException {
        try (WorkStealingPool pool = pool(3)) {
            List<Thread> submitters = List.of(
                    Thread.ofPlatform().unstarted(() -> submitAll(pool, 1)),
                    Thread.ofPlatform().unstarted(() -> submitAll(pool, 2)),
                    Thread.ofVirtual().unstarted(() -> submitAll(pool, 3)));
            submitters.forEach(Thread::start);
            for (Thread submitter : new ArrayList<>(submitters)) {
                submitter.join();
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> ran.sum() >= TASKS);
        }
        assertThat(ran.sum()).isEqualTo(TASKS);
        for (int i = 0; i < TASKS; i++) {
            if (runs.get(i) != 1) {
                assertThat(runs.get(i)).as("runs of task %s", i).isEqualTo(1);
            }
        }
    }

    private void submitAll(WorkStealingPool pool, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int number = next.getAndIncrement(); number < TASKS; number = next.getAndIncrement()) {
            pool.execute(new Part(pool, number, random.nextInt(MOST_CHILDREN)));
        }
    }

    /** A task with children, each started in another way. */
    private final class Part extends ForkAction {
        private final WorkStealingPool pool;
        private final int number;
        private final int children;

        Part(WorkStealingPool pool, int number, int children) {
            this.pool = pool;
            this.number = number;
            this.children = children;
        }

        @Override
        protected void compute() {
            runs.incrementAndGet(number);
            ran.increment();
            for (int i = 0; i < children; i++) {
                int child = next.getAndIncrement();
                if (child < TASKS) {
                    start(new Part(pool, child, i == 0 ? children / 2 : 0), child);
                }
            }
        }

        private void start(Part part, int kind) {
            switch (kind % 5) {
                case 0 -> pool.execute(part);
                case 1 -> pool.execute(part::compute);
                case 2 -> part.fork();
                case 3 -> part.fork().join();
                default -> submitAndWait(part);
            }
        }

        private void submitAndWait(Part part) {
            try {
                pool.submit(part::compute).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }
}
