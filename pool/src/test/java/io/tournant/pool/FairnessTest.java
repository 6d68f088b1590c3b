package io.tournant.pool;

import static io.tournant.pool.WorkStealingPoolTest.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairnessTest {

    private final AtomicBoolean stop = new AtomicBoolean();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void tasksFromOutsideAreNotStarvedByTasksThatResubmitThemselves(int parallelism) throws Exception {
        try (WorkStealingPool pool = pool(parallelism)) {
            for (int i = 0; i < 2 * parallelism; i++) {
                resubmit(pool);
            }
            for (int i = 0; i < 50; i++) {
                CountDownLatch probe = new CountDownLatch(1);
                pool.execute(probe::countDown);
                assertThat(probe.await(60, TimeUnit.SECONDS)).as("probe %s", i).isTrue();
            }
            stop.set(true);
        }
    }

    @Test
    void tasksAtTheTopOfTheDequeAreNotStarvedByTasksThatResubmitThemselves() throws Exception {
        try (WorkStealingPool pool = pool(1)) {
            CountDownLatch oldest = new CountDownLatch(1);
            pool.execute(() -> {
                pool.execute(oldest::countDown);
                resubmit(pool);
            });
            assertThat(oldest.await(60, TimeUnit.SECONDS)).isTrue();
            stop.set(true);
        }
    }

    private void resubmit(WorkStealingPool pool) {
        pool.execute(() -> {
            if (!stop.get()) {
                resubmit(pool);
            }
        });
    }
}
