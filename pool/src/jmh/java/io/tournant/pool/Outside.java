package io.tournant.pool;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Threads that submit at the same time; the benchmark's is one of them. */
@State(Scope.Benchmark)
public class Outside {

    static final int TASKS = 100_000;

    private final Tally tally = new Tally();
    private CyclicBarrier start = new CyclicBarrier(1);
    private int threads;
    private volatile Executor executor;
    private volatile boolean ended;

    /** Submits all tasks from so many threads, and waits until they have run. */
    void submit(int from, Executor to) throws Exception {
        begin(from);
        executor = to;
        start.await();
        submitShare(to);
        tally.await(TASKS);
    }

    private void begin(int from) {
        if (threads == 0) {
            threads = from;
            start = new CyclicBarrier(from);
            for (int i = 1; i < from; i++) {
                Thread.ofPlatform().daemon().name("submitter-" + i).start(this::submitAgainAndAgain);
            }
        }
    }

    private void submitAgainAndAgain() {
        try {
            while (!ended) {
                start.await();
                submitShare(executor);
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            // The benchmark is over.
        }
    }

    private void submitShare(Executor to) {
        for (int i = TASKS / threads; i > 0; i--) {
            to.execute(tally.task);
        }
    }

    /** Called by JMH. */
    @TearDown
    public void end() {
        ended = true;
        start.reset();
    }
}
