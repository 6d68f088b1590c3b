package io.tournant.pool;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and starts the threads of a pool's workers, all alike, and reaches them while they live. */
final class WorkerThreads {

    private static final Logger LOG = LoggerFactory.getLogger(WorkStealingPool.class);

    private static final long WARNING_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int STACK_DEPTH = 8;

    private final String poolName;
    private final boolean daemon;
    private final @Nullable ClassLoader contextClassLoader =
            Thread.currentThread().getContextClassLoader();
    private final Thread.@Nullable UncaughtExceptionHandler handler;
    private final Consumer<Thread> starter;
    private final Set<WorkerThread> alive = ConcurrentHashMap.newKeySet();
    private boolean warned;
    private long warnedAtNanos;

    /** The context class loader is the one of the thread that calls this; {@code starter} is replaced in tests only. */
    WorkerThreads(
            String poolName,
            boolean daemon,
            Thread.@Nullable UncaughtExceptionHandler handler,
            Consumer<Thread> starter) {
        this.poolName = poolName;
        this.daemon = daemon;
        this.handler = handler;
        this.starter = starter;
    }

    /** Throws what {@link Thread#start} throws, usually OutOfMemoryError, if there can be no thread now. */
    @SuppressWarnings("ThreadPriorityCheck") // the usual one, instead of that of whoever submits first
    void start(Worker worker) {
        WorkerThread thread = new WorkerThread(worker, "tournant-" + poolName + "-worker-" + worker.index());
        thread.setDaemon(daemon);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(contextClassLoader);
        if (handler != null) {
            thread.setUncaughtExceptionHandler(handler);
        }
        starter.accept(thread);
    }

    /** Starts the thread of the watch; throws what {@link Thread#start} throws. */
    void startWatch(Watch watch) {
        Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name("tournant-" + poolName + "-watch")
                .start(watch);
    }

    String poolName() {
        return poolName;
    }

    /** Which task it is can only be told from its stack: tasks are the user's own objects. */
    void warnOfBlockedWorker(Worker worker, Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        warn(
                "A worker is blocked in a task while others wait; a spare takes its place. Use"
                        + " WorkStealingPool.blocking, so that it does so at once. pool={} worker={} state={} stack={}",
                poolName,
                worker.index(),
                thread.getState(),
                List.of(stack).subList(0, Math.min(stack.length, STACK_DEPTH)));
    }

    void warnOfStarvation(PoolStats stats) {
        warn(
                "Tasks wait, and no worker has ended one for a while. Let tasks be shorter, or have more workers. pool={}"
                        + " stats={}",
                poolName,
                stats);
    }

    void warnOfSpareLimit(int limit) {
        warn(
                "All workers and spares are blocked, and no more spares are made; tasks wait until one goes on. Raise"
                        + " spareLimit, or let tasks wait less. pool={} spareLimit={}",
                poolName,
                limit);
    }

    void warnOfWatchFailure(Throwable failure) {
        warn(
                "The thread that watches for blocked workers could not be started, or could not look; it is tried again. pool={}",
                poolName,
                failure);
    }

    void warnOfStartFailure(Worker worker, Throwable failure) {
        warn(
                "A worker thread could not be started; those that run do its work, and it is tried again for later"
                        + " tasks. pool={} worker={} threads={}",
                poolName,
                worker.index(),
                alive.size(),
                failure);
    }

    /** Logs, unless something was logged a short while ago. */
    private synchronized void warn(String message, Object... arguments) {
        long nowNanos = System.nanoTime();
        if (!warned || nowNanos - warnedAtNanos >= WARNING_INTERVAL_NANOS) {
            warned = true;
            warnedAtNanos = nowNanos;
            LOG.warn(message, arguments);
        }
    }

    /**
     * Called by a worker's thread when it begins. A thread that interruptAll misses finds the pool stopping by itself.
     */
    void onBegin(WorkerThread thread) {
        alive.add(thread);
    }

    void onEnd(WorkerThread thread) {
        alive.remove(thread);
    }

    /** Shows the threads that live. */
    void forEach(Consumer<WorkerThread> action) {
        alive.forEach(action);
    }

    int count() {
        return alive.size();
    }

    void interruptAll() {
        alive.forEach(Thread::interrupt);
    }

    /** Gives the calling thread its context class loader back if a task has changed it. */
    @SuppressWarnings("ReferenceEquality") // class loaders are what they are
    void restoreContextClassLoader() {
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() != contextClassLoader) {
            thread.setContextClassLoader(contextClassLoader);
        }
    }
}
