package io.tournant.core.executor;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskOutcome;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of tasks. */
final class Counters {

    private final Counter submitted = new Counter();
    private final Counter succeeded = new Counter();
    private final Counter failed = new Counter();
    private final Counter cancelled = new Counter();
    private final Counter timedOut = new Counter();
    private final Counter lost = new Counter();
    private final Counter rejected = new Counter();
    private final Counter retried = new Counter();
    private final Counter abandoned = new Counter();

    /** Keeps 128 bytes between itself and the next, since submitters write one and workers another. */
    @SuppressWarnings("unused") // by their place
    private static final class Counter extends LongAdder {
        private static final long serialVersionUID = 1;

        private long p0;
        private long p1;
        private long p2;
        private long p3;
        private long p4;
        private long p5;
        private long p6;
        private long p7;
        private long p8;
        private long p9;
        private long p10;
        private long p11;
        private long p12;
        private long p13;
        private long p14;
        private long p15;
    }

    void submitted() {
        submitted.increment();
    }

    /** Takes back a {@link #submitted}. */
    void notSubmitted() {
        submitted.decrement();
    }

    void rejected() {
        rejected.increment();
    }

    void retried() {
        retried.increment();
    }

    void abandoned() {
        abandoned.increment();
    }

    void ended(TaskOutcome<?> outcome) {
        Counter counter =
                switch (outcome) {
                    case TaskOutcome.Succeeded<?> o -> succeeded;
                    case TaskOutcome.Failed<?> o -> failed;
                    case TaskOutcome.Cancelled<?> o -> cancelled;
                    case TaskOutcome.TimedOut<?> o -> timedOut;
                    case TaskOutcome.Lost<?> o -> lost;
                };
        counter.increment();
    }

    ExecutorStats snapshot(long running, long waiting) {
        return new ExecutorStats(
                submitted.sum(),
                succeeded.sum(),
                failed.sum(),
                cancelled.sum(),
                timedOut.sum(),
                lost.sum(),
                rejected.sum(),
                retried.sum(),
                abandoned.sum(),
                running,
                waiting);
    }
}
