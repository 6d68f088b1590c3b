package io.tournant.core.task;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of one executor: a single daemon thread that exists only while a time limit is pending. */
public final class Timers {

    private final ScheduledThreadPoolExecutor scheduler;

    /** Makes a clock without a thread. */
    public Timers(String threadName) {
        scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(threadName).factory());
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(1, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs an action on the clock's thread after a time. The action must not block. */
    Future<?> after(long nanos, Runnable action) {
        return scheduler.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the clock. Limits still pending are dropped. */
    public void close() {
        scheduler.shutdownNow();
    }
}
