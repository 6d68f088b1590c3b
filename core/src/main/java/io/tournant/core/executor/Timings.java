package io.tournant.core.executor;

import io.tournant.core.TaskTimings;
import io.tournant.core.histogram.Recorder;
import io.tournant.core.task.TaskTimes;
import java.util.concurrent.ThreadLocalRandom;

/** Collects how long tasks wait and run. */
final class Timings {

    private final int every;
    private final Recorder waiting = new Recorder();
    private final Recorder running = new Recorder();

    Timings(int every) {
        this.every = every;
    }

    /** Tells whether the times of the next task are collected: at random, so that no pattern of tasks can hide. */
    boolean isSampled() {
        return every == 1 || ThreadLocalRandom.current().nextInt(every) == 0;
    }

    /** A task has ended. What it never did is not counted. */
    void ended(TaskTimes times) {
        if (times.waitNanos() >= 0) {
            waiting.record(times.waitNanos());
        }
        if (times.runNanos() >= 0) {
            running.record(times.runNanos());
        }
    }

    TaskTimings snapshot() {
        return new TaskTimings(waiting.snapshot(), running.snapshot());
    }
}
