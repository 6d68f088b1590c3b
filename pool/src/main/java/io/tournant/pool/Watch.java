package io.tournant.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks from time to time, while workers are awake, whether tasks wait for workers that are blocked. */
final class Watch implements Runnable {
    /*
     * Overview   A daemon thread that ticks while workers are awake: quickly if tasks have been submitted for which no
     *            worker was free or woken, until none has waited for some ticks; slowly otherwise; and not at all while
     *            all workers sleep. A worker whose thread waits
     *            inside the same task in two ticks that follow each other is suspected to be blocked.
     *            The watch also makes good for a task that woke nobody because its signal, which has no fence, came
     *            before the task was visible (a fork, or one on top of others), and for an only task that was left to the
     *            worker that submitted it (Company, Worker.isWorkLeft), if that does not get to it.
     *
     * Fields     pace    see there
     *            thread  that thread writes | who wakes it reads, opaque | who has changed the pace sees it, or it sees the pace
     *            seen, quietTicks, lastExecuted, progressNanos   the watch's thread only
     */
    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Else a chain of tasks that are entrusted would have to wake the watch for each. */
    private static final int TICKS_UNTIL_SLOW = 8;

    private static final long STARVATION_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final VarHandle THREAD;

    static {
        try {
            THREAD = MethodHandles.lookup()
                    .findVarHandle(Watch.class, "thread", Thread.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Workers workers;
    private final Pace pace = new Pace();
    private final Map<Worker, Sighting> seen = new HashMap<>();
    private int quietTicks;
    private long lastExecuted;
    private long progressNanos;

    @SuppressWarnings("unused") // through THREAD
    private @Nullable Thread thread;

    Watch(Workers workers) {
        this.workers = workers;
    }

    /** What was seen of a worker in the last tick. */
    private record Sighting(boolean waiting, long steps) {}

    /** The calling worker is awake. */
    void onAwake() {
        onQuickened(pace.awake(), Pace.SLOW);
    }

    /** The calling worker goes to sleep, or ends. */
    void onAsleep() {
        pace.asleep();
    }

    /**
     * A task was pushed, or seen, of which nobody else is told. The watch looks often from now on, and sees it. Returns
     * false if there is no watch, because its thread cannot be started.
     */
    boolean entrust() {
        pace.fence();
        hurry();
        return pace.get() != Pace.NONE;
    }

    /** Looks often from now on: a task was submitted that may have to wait. */
    void hurry() {
        if (pace.get() < Pace.FAST) {
            onQuickened(pace.quicken(Pace.FAST), Pace.FAST);
            workers.spares().compensate();
        }
    }

    /** The pool has ended. */
    void close() {
        pace.close();
        LockSupport.unpark(threadOpaque()); // opaque: a hint
    }

    private void onQuickened(int before, int now) {
        if (before == Pace.NONE) {
            startThread();
        } else if (before < now) {
            LockSupport.unpark(threadOpaque()); // opaque: a hint
        }
    }

    private void startThread() {
        try {
            workers.threads().startWatch(this);
        } catch (Exception | Error failure) {
            pace.failed();
            if (workers.hasWork()) { // perhaps entrusted, by somebody who thought that there was a watch
                workers.signal();
            }
            workers.threads().warnOfWatchFailure(failure);
        }
    }

    @Override
    public void run() {
        setThreadOpaque(
                Thread.currentThread()); // opaque: a fence follows; whoever changes the pace now finds this thread
        pace.fence();
        while (true) {
            int before = pace.get();
            LockSupport.parkNanos(this, intervalNanos(before));
            int now = pace.get();
            if (now == Pace.CLOSED || (now == Pace.OFF && pace.end())) {
                return;
            }
            if (now == Pace.FAST || (now == Pace.SLOW && before == Pace.SLOW)) {
                tickOrWarn();
            } // else a worker has just woken, and may sleep again before a tick has ended: nothing to be seen yet
        }
    }

    /** What goes wrong in one tick, for want of memory for instance, may be well in the next. */
    private void tickOrWarn() {
        try {
            tick();
        } catch (Throwable failure) {
            try {
                workers.threads().warnOfWatchFailure(failure);
            } catch (Throwable ignored) {
                // There is not even memory to say so.
            }
        }
    }

    private static long intervalNanos(int pace) {
        return switch (pace) {
            case Pace.FAST -> FAST_NANOS;
            case Pace.SLOW -> SLOW_NANOS;
            default -> LINGER_NANOS;
        };
    }

    private void tick() {
        if (FlightRecording.isOn()) {
            FlightRecording.statistics(workers.threads().poolName(), workers.stats());
        }
        if (!workers.hasWork()) {
            seen.clear();
            progressNanos = System.nanoTime();
            workers.spares().onSuspicion(0);
            if (pace.get() == Pace.FAST) {
                if (++quietTicks < TICKS_UNTIL_SLOW) {
                    return;
                }
                quietTicks = 0;
                pace.slowDown();
                if (workers.hasWork()) { // whoever submitted just before has left it to the next tick
                    pace.quicken(Pace.FAST);
                }
            } else {
                pace.switchOff();
            }
        } else {
            quietTicks = 0;
            pace.quicken(Pace.FAST);
            if (workers.parking().mayWake()) {
                workers.signal();
            } else {
                workers.spares().onSuspicion(countSuspects());
                warnOfStarvation();
            }
        }
    }

    /** Tasks wait, all workers are in tasks, and none of these has ended for long. */
    private void warnOfStarvation() {
        long executed = workers.stats().executed();
        long nowNanos = System.nanoTime();
        if (executed != lastExecuted) {
            lastExecuted = executed;
            progressNanos = nowNanos;
        } else if (nowNanos - progressNanos >= STARVATION_NANOS) {
            progressNanos = nowNanos;
            workers.threads().warnOfStarvation(workers.stats());
        }
    }

    private int countSuspects() {
        int[] suspects = {0};
        workers.threads().forEach(thread -> {
            Worker worker = thread.worker();
            Sighting now =
                    new Sighting(isWaiting(worker, thread), worker.counters().steps());
            if (now.equals(seen.put(worker, now)) && now.waiting()) {
                suspects[0]++;
                workers.threads().warnOfBlockedWorker(worker, thread);
            }
        });
        if (suspects[0] > 0 && FlightRecording.isOn()) {
            FlightRecording.blocked(
                    workers.threads().poolName(), suspects[0], workers.spares().active());
        }
        return suspects[0];
    }

    private static boolean isWaiting(Worker worker, Thread thread) {
        if (!worker.counters().isInTask() || worker.isBlocking()) {
            return false;
        }
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private @Nullable Thread threadOpaque() {
        return (Thread) THREAD.getOpaque(this); // opaque: a hint
    }

    private void setThreadOpaque(Thread started) {
        THREAD.setOpaque(this, started); // opaque: a hint
    }
}
