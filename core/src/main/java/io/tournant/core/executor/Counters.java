package io.tournant.core.executor;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskOutcome;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of tasks. */
final class Counters {

    private final LongAdder submitted = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder abandoned = new LongAdder();

    void submitted() {
        submitted.increment();
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
        LongAdder counter =
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
