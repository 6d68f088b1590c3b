package io.tournant.pool;

import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.parking.Spin;
import io.tournant.pool.parking.WakePermit;
import org.jspecify.annotations.Nullable;

/** One worker: it runs tasks, searches when it has none, and sleeps when there are none. */
final class Worker implements Runnable {
    /*
     * Overview   A loop: run a task, take the next from near by (TaskSource.next); if there is none, count as searching
     *            and scan everywhere until a task is found, or the time is up and the worker parks, or the pool ends.
     *            A worker exists before its thread: one that never started lies on the stack of parked workers like one
     *            that sleeps, and who takes it off starts the thread instead of waking it.
     *
     * States     parked -> searching    taken off the stack, then started or woken
     *            searching -> running   a task was found
     *            searching -> parked    none was found in time
     *            searching -> gone      none is left and the pool is shut down, or the pool stops
     *            running -> searching   none near by
     *
     * Fields     started    written and read by who took this worker off the stack; ordered by the stack
     *            setAside   the same: the next in a list of workers that are off the stack and have no thread
     *            the others are final; what is shared in them is theirs to order
     */
    private static final long SPIN_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 20_000 : 0;

    private final Workers workers;
    private final int index;
    private final WorkerCounters counters = new WorkerCounters();
    private final TaskSource source;
    private final CurrentTask current = new CurrentTask();
    private final WakePermit permit = new WakePermit();
    private final Spin spin = new Spin(SPIN_NANOS);
    private @Nullable Worker setAside;
    private boolean started;

    Worker(Workers workers, int index) {
        this.workers = workers;
        this.index = index;
        source = new TaskSource(workers, index, counters);
    }

    int index() {
        return index;
    }

    Workers workers() {
        return workers;
    }

    WorkDeque deque() {
        return source.deque();
    }

    WorkerCounters counters() {
        return counters;
    }

    /** The task that runs here just now, as far as can be seen from outside. */
    @Nullable
    Runnable current() {
        return current.get();
    }

    /** Starts the thread, for who took this worker off the stack; throws what {@link WorkerThreads#start} throws. */
    void start() {
        started = true;
        try {
            workers.threads().start(this);
        } catch (Throwable failure) {
            started = false;
            throw failure;
        }
    }

    /** Wakes the thread if there is one, for who took this worker off the stack. */
    boolean wakeIfStarted() {
        if (started) {
            permit.grant();
        }
        return started;
    }

    void setAside(@Nullable Worker next) {
        setAside = next;
    }

    @Nullable
    Worker setAside() {
        return setAside;
    }

    @Override
    public void run() {
        workers.threads().onBegin();
        try {
            if (workers.state().enter()) {
                boolean goesOn = runUnlessNull(search());
                while (goesOn) {
                    goesOn = runUnlessNull(nextTask());
                }
            }
        } finally {
            workers.parking().stopSearching();
            workers.threads().onEnd();
        }
    }

    /** A frame of its own, so that this thread holds on to no task, and to nothing behind it, while it waits for the next. */
    private boolean runUnlessNull(@Nullable Runnable task) {
        if (task == null) {
            return false;
        }
        run(task);
        return true;
    }

    private void run(Runnable task) {
        clearInterrupt();
        current.set(task);
        try {
            task.run();
        } catch (Throwable failure) {
            tellHandler(failure);
        } finally {
            current.clear();
            counters.executed().increment();
            workers.threads().restoreContextClassLoader();
        }
    }

    /** Interrupts that came before are not meant for the next task, unless the pool stops: then each is interrupted. */
    private void clearInterrupt() {
        Thread.interrupted();
        if (workers.state().isStopping()) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tellHandler(Throwable failure) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } catch (Throwable ignored) {
            // As the virtual machine does for a thread that dies: there is nobody left to tell.
        }
    }

    private @Nullable Runnable nextTask() {
        Runnable task = workers.state().isStopping() ? null : source.next();
        if (task == null) {
            workers.parking().startSearching();
            task = search();
        }
        return task;
    }

    /** Searches until there is a task. Returns null when the worker has left the pool; it still counts as searching. */
    private @Nullable Runnable search() {
        spin.restart();
        while (!workers.state().isStopping()) {
            switch (source.scan()) {
                case SUCCESS -> {
                    stopSearching();
                    return source.taken();
                }
                case RETRY -> spin.pause();
                case EMPTY -> {
                    if (spin.tryPause()) {
                        continue;
                    }
                    if (workers.state().isRunning()) {
                        park();
                        spin.restart();
                    } else if (tryLeave()) {
                        return null;
                    } else {
                        spin.pause();
                    }
                }
            }
        }
        leave();
        return null;
    }

    private void stopSearching() {
        if (workers.parking().stopSearching() && workers.hasWork()) {
            workers.signal();
        }
    }

    private void park() {
        counters.parks().increment();
        permit.ask();
        boolean last = workers.parking().park(index);
        if (!workers.state().isRunning()) {
            workers.wakeAll();
        } else if (last && workers.hasWork()) {
            workers.signal();
        }
        permit.await();
    }

    /** Leaves if nothing is left, neither in a queue nor on its way into one. */
    private boolean tryLeave() {
        long seen = workers.state().look();
        return !workers.hasWork() && workers.state().tryLeave(seen);
    }

    private void leave() {
        while (!workers.state().tryLeave(workers.state().look())) {
            Thread.onSpinWait();
        }
    }
}
