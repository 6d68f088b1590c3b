package io.tournant.pool;

import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.parking.Spin;
import io.tournant.pool.parking.StackRoom;
import io.tournant.pool.parking.WakePermit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** One worker: it runs tasks, searches when it has none, and sleeps when there are none. */
final class Worker {
    /*
     * Overview   A loop: run a task, take the next from near by (TaskSource.next); if there is none, count as searching
     *            and scan everywhere until a task is found, or the time is up and the worker parks, or the pool ends.
     *            A worker exists before its thread: one that never started, or whose thread has ended after a long
     *            sleep, lies on the stack of parked workers like one that sleeps, and who takes it off starts a thread
     *            instead of waking it.
     *            A spare is a worker that stands in for one that is blocked. It parks among the spares (Spares), where no
     *            signal finds it.
     *
     * States     parked -> searching    taken off the stack, then started or woken
     *            searching -> running   a task was found
     *            searching -> parked    none was found in time
     *            searching -> gone      none is left and the pool is shut down, or the pool stops
     *            parked -> no thread    nobody has taken it off the stack for the keep-alive time
     *            running -> searching   none near by; or a spare is not needed any more
     *
     * Fields     setAside   written and read by who took this worker off the stack; ordered by the stack: the next in a
     *                       list of workers that are off the stack and have no thread
     *            blocking   the thread writes | the watch reads, opaque | a hint: it has said itself that it is blocked
     *            the others are final; what is shared in them is theirs to order
     */
    private static final long SPIN_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 20_000 : 0;

    /** After a sleep of this length a grown deque is given back. */
    private static final long SHRINK_NANOS = 1_000_000_000;

    private static final VarHandle BLOCKING;

    static {
        try {
            BLOCKING = MethodHandles.lookup()
                    .findVarHandle(Worker.class, "blocking", boolean.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Workers workers;
    private final int index;
    private final boolean spare;
    private final WorkerCounters counters = new WorkerCounters.Apart();
    private final BusyTime busy = new BusyTime.Apart();
    private final TaskSource source;
    private final Joiner joiner;
    private final CurrentTask current = new CurrentTask.Apart();
    private final WakePermit permit = new WakePermit();
    private final Spin spin = new Spin.Apart(SPIN_NANOS);
    private @Nullable Worker setAside;

    private boolean blocking;

    Worker(Workers workers, int index, boolean spare) {
        this.workers = workers;
        this.index = index;
        this.spare = spare;
        source = new TaskSource.Apart(workers, index, counters);
        joiner = new Joiner.Apart(workers, this);
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

    Joiner joiner() {
        return joiner;
    }

    WorkerCounters counters() {
        return counters;
    }

    PoolWorkerStats stats() {
        return new PoolWorkerStats(
                index,
                deque().size(),
                counters.executed(),
                deque().pushed(),
                counters.stolen(),
                counters.injected(),
                counters.parks(),
                counters.wakes(),
                counters.uselessWakes(),
                busy.nanos());
    }

    /** The task that runs here just now, as far as can be seen from outside. */
    @Nullable
    Runnable current() {
        return current.get();
    }

    /** Starts a thread, for who took this worker off the stack; throws what {@link WorkerThreads#start} throws. */
    void start() {
        workers.threads().start(this);
    }

    /** Wakes the thread if there is one, for who took this worker off the stack. */
    boolean wakeIfStarted() {
        return permit.grant();
    }

    boolean isBlocking() {
        return (boolean) BLOCKING.getOpaque(this); // opaque: a hint
    }

    /** The thread, in a task, is about to block. Returns false if it has said so before. */
    boolean beginBlocking() {
        if (blocking) {
            return false;
        }
        StackRoom.reserve();
        BLOCKING.setOpaque(this, true); // opaque: a hint
        if (!deque().isEmpty()) { // what was entrusted to the watch, for instance
            workers.signal();
        }
        workers.spares().onBlocking();
        return true;
    }

    /** The thread goes on, after a {@link #beginBlocking} that returned true. */
    void endBlocking() {
        BLOCKING.setOpaque(this, false); // opaque: a hint
        workers.spares().onUnblocked();
    }

    void setAside(@Nullable Worker next) {
        setAside = next;
    }

    @Nullable
    Worker setAside() {
        return setAside;
    }

    /** Wakes somebody for a task that the calling worker has just forked, if it looks as if somebody were asleep. */
    void signalFork() {
        if (workers.parking().mayWake()) {
            workers.signal();
        }
    }

    /** Pushes a task that a task of the calling worker submits, and wakes somebody for it where that is of use. */
    void submit(Runnable task) {
        WorkDeque deque = deque();
        if (task instanceof Forked<?> forked) {
            forked.pushTo(deque);
            workers.signal();
            return;
        }
        boolean only = deque.latest() == null;
        deque.push(task);
        if (!only) {
            workers.signalUnfenced();
        } else if (source.company().isSought() || !workers.watch().entrust()) {
            if (workers.signal()) {
                source.company().onWoken();
            }
        }
    }

    /** What the thread of this worker does from its begin to its end. */
    void serve(WorkerThread thread) {
        workers.threads().onBegin(thread);
        try {
            if (workers.state().enter()) {
                workers.watch().onAwake();
                boolean goesOn = runUnlessNull(search());
                while (goesOn) {
                    goesOn = runUnlessNull(nextTask());
                }
            } else {
                workers.parking().stopSearching();
            }
        } finally {
            workers.threads().onEnd(thread);
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
        boolean shown = workers.showsRunning();
        if (shown) {
            current.set(task);
        }
        counters.onStep();
        try {
            task.run();
        } catch (Throwable failure) {
            tellHandler(failure);
        } finally {
            if (shown) {
                current.clear();
            }
            counters.onStep();
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
        if (spare && workers.spares().isExcess()) {
            busy.stop();
            workers.parking().startSearching();
            return park() ? search() : null;
        }
        Runnable task = workers.state().isStopping() ? null : source.next();
        if (task == null) {
            workers.parking().startSearching();
            task = search();
        }
        return task;
    }

    /** Searches until there is a task. Returns null when the thread has nothing more to do here and no longer counts. */
    private @Nullable Runnable search() {
        busy.stop();
        spin.restart();
        boolean woken = false;
        while (!workers.state().isStopping()) {
            switch (source.scan(spin.rounds())) {
                case SUCCESS -> {
                    spin.onFound();
                    busy.start();
                    stopSearching();
                    return source.taken();
                }
                case RETRY -> spin.pause();
                case EMPTY -> {
                    if (spin.tryPause()) {
                        continue;
                    }
                    if (workers.state().isRunning() || workers.isAnyInTask()) {
                        if (woken) {
                            counters.onUselessWake();
                        }
                        if (!park()) {
                            return null;
                        }
                        woken = true;
                        spin.onWoken();
                        spin.restart();
                    } else if (tryLeave()) {
                        workers.parking().stopSearching();
                        workers.wakeAll();
                        workers.watch().onAsleep();
                        return null;
                    } else {
                        spin.pause();
                    }
                }
            }
        }
        leave();
        workers.watch().onAsleep();
        return null;
    }

    private void stopSearching() {
        if (workers.parking().stopSearching() && workers.hasWork()) {
            workers.signal();
        }
        workers.spares().compensate();
    }

    /** Sleeps until there is work. Returns false if the thread must end, because there was none for long. */
    private boolean park() {
        counters.onPark();
        permit.ask();
        workers.watch().onAsleep();
        boolean last = spare ? workers.spares().park(this) : workers.parking().park(index);
        if (isToLeave()) {
            workers.wakeAll();
        } else if (last && isWorkLeft()) {
            workers.signal();
        }
        if (spare) {
            workers.spares().compensate();
        }
        if (!awaitWork()) {
            return false;
        }
        counters.onWake();
        workers.watch().onAwake();
        return true;
    }

    /** Whether there is work, but for an only task that its owner will run itself before long: that is left to the watch. */
    private boolean isWorkLeft() {
        WorkDeque inGoodHands = source.leftInGoodHands();
        if (inGoodHands == null) {
            return workers.hasWork();
        }
        return workers.hasWorkBut(inGoodHands) || (!inGoodHands.isEmpty() && !isEntrusted(inGoodHands));
    }

    private boolean isEntrusted(WorkDeque inGoodHands) {
        return inGoodHands.size() == 1
                && !(inGoodHands.oldest() instanceof Forked)
                && workers.watch().entrust();
    }

    /** Whether the pool ends, and nobody runs a task any more that might submit others, or these are not wanted. */
    private boolean isToLeave() {
        return !workers.state().isRunning() && (workers.state().isStopping() || !workers.isAnyInTask());
    }

    private boolean awaitWork() {
        long nanos = workers.keepAliveNanos();
        if (deque().isGrown()) {
            long before = Math.min(SHRINK_NANOS, nanos);
            if (permit.await(before)) {
                return true;
            }
            deque().shrink();
            nanos -= before;
        }
        while (!permit.await(nanos)) {
            nanos = workers.keepAliveNanos();
            if (workers.state().tryRest()) {
                if (permit.withdraw()) {
                    return false;
                }
                if (!workers.state().enter()) {
                    workers.parking().stopSearching();
                    return false;
                }
            }
        }
        return true;
    }

    /** Leaves if nothing is left, neither in a queue nor on its way into one. */
    private boolean tryLeave() {
        long seen = workers.state().look();
        return !workers.hasWork() && !workers.isAnyInTask() && workers.state().tryLeave(seen);
    }

    /** Leaves a pool that stops. What is still in the deque has come past the eyes of shutdownNow. */
    private void leave() {
        workers.parking().stopSearching();
        do {
            workers.leftovers().leave(deque()).forEach(this::run);
        } while (!deque().isEmpty()); // what these have forked
        while (!workers.state().tryLeave(workers.state().look())) {
            Thread.onSpinWait();
        }
    }
}
