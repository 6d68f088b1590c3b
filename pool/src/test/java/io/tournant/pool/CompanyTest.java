package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tasks that submit their successor and end need no second worker; one that goes on does. */
class CompanyTest {

    private static final int HOPS = 100_000;

    private final Company company = new Company();

    private void inVain(int times) {
        for (int i = 0; i < times; i++) {
            company.onWoken();
            company.onNext(true);
        }
    }

    @Test
    void companyIsUselessWhenItWasInVainEightTimesInARow() {
        inVain(7);
        assertThat(company.isUseless()).isFalse();
        company.onWoken();
        company.onNext(false); // somebody came
        inVain(7);
        assertThat(company.isUseless()).isFalse();
        inVain(1);
        assertThat(company.isUseless()).isTrue();
        company.onNext(true); // nobody was woken
        assertThat(company.isUseless()).isTrue();
        company.onNext(false); // the deque is empty
        assertThat(company.isUseless()).isFalse();
    }

    @Test
    void anOnlyTaskWhoseWorkerGoesOnIsTakenByAnother() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(2).build()) {
            CountDownLatch taken = new CountDownLatch(1);
            CompletableFuture<Boolean> byAnother = new CompletableFuture<>();
            pool.execute(new Chain(pool, HOPS, () -> {
                pool.execute(taken::countDown); // after all that made company look useless
                long start = System.nanoTime();
                while (taken.getCount() > 0 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
                    Thread.onSpinWait();
                }
                byAnother.complete(taken.getCount() == 0);
            }));
            assertThat(byAnother.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static final class Chain implements Runnable {
        private final WorkStealingPool pool;
        private final Runnable end;
        private int left;

        Chain(WorkStealingPool pool, int left, Runnable end) {
            this.pool = pool;
            this.left = left;
            this.end = end;
        }

        @Override
        public void run() {
            if (--left == 0) {
                end.run();
            } else {
                pool.execute(this);
            }
        }
    }
}
