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

    private boolean isSoughtAfter(int timesInVain) {
        boolean sought = true;
        for (int i = 0; i < timesInVain; i++) {
            sought = company.isSought();
            company.onWoken();
            company.onNext(true);
        }
        boolean last = company.isSought();
        company.onNext(true); // nobody was woken for that one
        return sought && last;
    }

    @Test
    void companyIsNotSoughtAnyMoreWhenItWasInVainFourTimesInARow() {
        assertThat(isSoughtAfter(3)).isTrue();
        assertThat(isSoughtAfter(1)).isFalse();
        assertThat(isSoughtAfter(0)).isFalse();
        company.onNext(false); // the deque is empty: somebody came
        assertThat(isSoughtAfter(3)).isTrue();
        assertThat(isSoughtAfter(1)).isFalse();
    }

    @Test
    void companyIsSoughtAgainWhenATaskOfTheSameTaskWasTaken() {
        assertThat(isSoughtAfter(4)).isFalse();
        assertThat(company.isSought()).isFalse();
        assertThat(company.isSought())
                .as("the one before is not there any more")
                .isTrue();
        company.onWoken();
        assertThat(company.isSought()).isTrue();
        company.onNext(true); // what was woken for the first is not counted for the second
        assertThat(isSoughtAfter(3)).isTrue();
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
