package io.tournant.pool;

import static io.tournant.pool.WorkStealingPoolTest.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NothingLostTest {

    private static final int TASKS = 1_000_000;
    private static final int SUBMITTERS = 4;

    private final AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
    private final AtomicInteger nextNumber = new AtomicInteger();

    /** Outside threads submit, with pauses that let workers park; tasks submit more tasks, some many, some none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aMillionTasksOfAllKindsRunOnceEach(int parallelism) throws InterruptedException {
        try (WorkStealingPool pool = pool(parallelism)) {
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                int seed = i;
                submitters.add(Thread.ofPlatform().start(() -> submitAll(pool, seed)));
            }
            for (Thread submitter : submitters) {
                submitter.join();
            }
            while (pool.stats().executed() < TASKS) {
                Thread.onSpinWait();
            }
            assertThat(pool.stats().executed()).isEqualTo(TASKS);
        }
        for (int i = 0; i < TASKS; i++) {
            assertThat(runs.get(i)).as("task %s", i).isEqualTo(1);
        }
    }

    private void submitAll(WorkStealingPool pool, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        while (submit(pool, random.nextInt(20))) {
            if (random.nextInt(1000) == 0) {
                LockSupport.parkNanos(random.nextInt(50_000));
            }
        }
    }

    /** Submits a task that submits as many children as given. Returns false when all numbers are dealt out. */
    private boolean submit(WorkStealingPool pool, int children) {
        int number = nextNumber.getAndIncrement();
        if (number >= TASKS) {
            return false;
        }
        pool.execute(() -> {
            runs.incrementAndGet(number);
            for (int i = 0; i < children; i++) {
                submit(pool, i % 3 == 0 ? children / 2 : 0);
            }
        });
        return true;
    }
}
