package io.tournant.core.task;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The clock of one executor: a daemon thread that exists only while a time limit is pending. What a limit leads to, users'
 * callbacks among it, runs on further threads, so that it delays no other limit.
 */
public final class Timers {

    private final ScheduledThreadPoolExecutor scheduler;
    private final ThreadPoolExecutor consequences;

    /** Makes a clock without a thread. */
    public Timers(String threadName) {
        ThreadFactory threads = Thread.ofPlatform().daemon().name(threadName).factory();
        scheduler = new ScheduledThreadPoolExecutor(1, threads);
        consequences =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(1, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs an action after a time. */
    public Future<?> after(Duration delay, Runnable action) {
        long nanos = TimeUnit.NANOSECONDS.convert(delay); // saturates: the clock of the JVM ends there too
        return scheduler.schedule(() -> consequence(action), nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs an action at once, on a thread of its own. */
    public void consequence(Runnable action) {
        try {
            consequences.execute(action);
        } catch (OutOfMemoryError | RejectedExecutionException e) { // no thread to be had: late is better than never
            action.run();
        }
    }

    /** Ends the clock. Limits still pending are dropped. */
    public void close() {
        scheduler.shutdownNow();
        consequences.shutdown();
    }
}
