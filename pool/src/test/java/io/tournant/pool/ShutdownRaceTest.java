package io.tournant.pool;

import static io.tournant.pool.WorkStealingPoolTest.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions that race the end: what was accepted is run or returned by shutdownNow, the rest is refused. */
class ShutdownRaceTest {

    private static final int ROUNDS = 400;
    private static final int SUBMITTERS = 3;
    private static final int TASKS = 200;

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final Runnable shared = ran::incrementAndGet;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTaskIsDealtWithOrRefused(boolean now) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            accepted.set(0);
            ran.set(0);
            WorkStealingPool pool = pool(1 + round % 3);
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                boolean sameObject = i > 0;
                submitters.add(Thread.ofPlatform().start(() -> submitAll(pool, sameObject)));
            }
            for (int soon = round; soon > 0 && accepted.get() < soon; ) {
                Thread.onSpinWait();
            }

            List<Runnable> returned = new ArrayList<>();
            if (now) {
                returned.addAll(pool.shutdownNow());
            } else {
                pool.shutdown();
            }

            for (Thread submitter : submitters) {
                submitter.join();
            }
            assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(ran.get() + returned.size()).as("round %s", round).isEqualTo(accepted.get());
            assertThat(pool.shutdownNow()).isEmpty();
        }
    }

    /** Submits the same object again and again, or tasks of their own that submit a few others, which workers steal. */
    private void submitAll(WorkStealingPool pool, boolean sameObject) {
        for (int i = 0; i < TASKS; i++) {
            if (sameObject) {
                submit(pool, shared);
            } else {
                int children = i % 6;
                submit(pool, () -> {
                    ran.incrementAndGet();
                    for (int child = 0; child < children; child++) {
                        submit(pool, shared);
                    }
                });
            }
        }
    }

    private void submit(WorkStealingPool pool, Runnable task) {
        try {
            pool.execute(task);
            accepted.incrementAndGet();
        } catch (RejectedExecutionException refused) {
            // Then it must not run: it would be one too many.
        }
    }
}
