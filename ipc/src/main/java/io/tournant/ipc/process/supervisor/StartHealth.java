package io.tournant.ipc.process.supervisor;

import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import io.tournant.ipc.process.launch.StartFailedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows whether workers come up, so that nobody waits for workers that never will, and none are forked in a storm. */
final class StartHealth {
    /*
     * Fields     failures, live   guarded by the monitor of this
     */
    private static final Logger LOG = LoggerFactory.getLogger(StartHealth.class);
    private static final int PATIENCE = 3;
    private static final long FIRST_PAUSE_NANOS = 100_000_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;

    private final JobQueue queue;
    private int failures; // since a worker last came up
    private int live;

    StartHealth(JobQueue queue) {
        this.queue = queue;
    }

    synchronized void cameUp() {
        failures = 0;
        live++;
    }

    synchronized void wentDown() {
        live--;
    }

    /** A worker died without a job; one that never did a job is not followed by the next at once. */
    void diedIdle(boolean proven) throws InterruptedException {
        if (!proven) {
            queue.pause(FIRST_PAUSE_NANOS);
        }
    }

    /** Gives up the waiting jobs if there is no hope, then waits before the next attempt. */
    void failed(StartFailedException cause) throws InterruptedException {
        if (queue.isClosed()) {
            return;
        }
        LOG.warn("A worker process did not come up and is started again. {}", cause.getMessage());
        queue.pause(count(cause));
    }

    private long count(StartFailedException cause) {
        int soFar;
        boolean hopeless;
        synchronized (this) {
            soFar = ++failures;
            hopeless = failures >= PATIENCE && live == 0;
        }
        if (hopeless) {
            WorkerCrashedException crash = crash(cause);
            queue.drain().forEach(job -> job.run().lose(crash));
        }
        return Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(soFar, 10));
    }

    private static WorkerCrashedException crash(StartFailedException cause) {
        @Nullable String message = cause.getMessage();
        return new WorkerCrashedException(
                "No worker process comes up, so the task was not run. " + message,
                new Crash.StartFailed(String.valueOf(message)),
                0,
                Duration.ZERO,
                "");
    }
}
