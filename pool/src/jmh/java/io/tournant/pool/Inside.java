package io.tournant.pool;

import io.tournant.pool.lines.Padding;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Tasks that submit tasks. */
@State(Scope.Benchmark)
public class Inside {

    static final int TASKS = 100_000;
    static final int CHAINS = 4;

    private final Tally tally = new Tally();

    /** One task submits all the others. */
    void fanOut(Executor executor) {
        executor.execute(() -> {
            for (int i = 0; i < TASKS; i++) {
                executor.execute(tally.task);
            }
        });
        tally.await(TASKS);
    }

    /** Four tasks each submit their successor, and so on. */
    void chains(Executor executor) throws InterruptedException {
        CountDownLatch ends = new CountDownLatch(CHAINS);
        for (int i = 0; i < CHAINS; i++) {
            executor.execute(new Chain(executor, ends, TASKS / CHAINS));
        }
        await(ends);
    }

    /** Two tasks hand a ball to each other through the executor. */
    void pingPong(Executor executor) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Player ping = new Player(executor, end);
        Player pong = new Player(executor, end);
        ping.other = pong;
        pong.other = ping;
        ping.ball = TASKS;
        executor.execute(ping);
        await(end);
    }

    /** An outside thread submits a task and waits for its result. */
    int roundTrip(Executor executor, int value) throws Exception {
        FutureTask<Integer> task = new FutureTask<>(() -> value + 1);
        executor.execute(task);
        int result = task.get();
        if (result != value + 1) {
            throw new IllegalStateException("A wrong result. expected=" + (value + 1) + " result=" + result);
        }
        return result;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Tasks are lost. missing=" + latch.getCount());
        }
    }

    /** Kept apart: else who runs one chain would wait for a line of the cache that who runs another writes. */
    private abstract static class Link extends Padding {
        final Executor executor;
        final CountDownLatch end;
        int left;

        Link(Executor executor, CountDownLatch end, int left) {
            this.executor = executor;
            this.end = end;
            this.left = left;
        }
    }

    @SuppressWarnings("unused") // by their place
    private static final class Chain extends Link implements Runnable {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        Chain(Executor executor, CountDownLatch end, int left) {
            super(executor, end, left);
        }

        @Override
        public void run() {
            if (--left == 0) {
                end.countDown();
            } else {
                executor.execute(this);
            }
        }
    }

    private static final class Player implements Runnable {
        private final Executor executor;
        private final CountDownLatch end;
        private Player other;
        private int ball;

        Player(Executor executor, CountDownLatch end) {
            this.executor = executor;
            this.end = end;
        }

        @Override
        public void run() {
            int seen = ball;
            if (seen == 0) {
                end.countDown();
            } else {
                other.ball = seen - 1;
                executor.execute(other);
            }
        }
    }
}
