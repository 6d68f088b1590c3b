package io.tournant.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks from time to time, while workers are awake, whether tasks wait for workers that are blocked. */
final class Watch implements Runnable {
    /*
     * Overview   A daemon thread that ticks while workers are awake: quickly if tasks have been submitted for which no
     *            worker was free, slowly otherwise, and not at all while all workers sleep. A worker whose thread waits
     *            inside the same task in two ticks that follow each other is suspected to be blocked.
     *            The watch also makes good for a fork that woke nobody because its signal, which has no fence, came
     *            before the task was visible.
     *
     * States     of the pace: NONE -> SLOW          onAwake, starts a thread
     *                         OFF -> SLOW           onAwake, wakes the thread
     *                         NONE, OFF, SLOW -> FAST  onAllBusy, the same
     *                         FAST -> SLOW          tick: nothing is queued
     *                         SLOW -> OFF           tick: everybody sleeps
     *                         OFF -> NONE           the thread ends after a while
     *                         any -> CLOSED         close: the pool has ended
     *
     * Fields     pace     everybody, by CAS        | PACE
     *            thread   who starts it writes | who wakes it reads, opaque | a hint: a new thread looks at the pace itself
     *            seen     the watch's thread only
     *
     * Edges      PACE     worker: awake, full fence, pace read >< watch: pace CAS to OFF, full fence, who is awake read
     */
    private static final int NONE = 0;
    private static final int OFF = 1;
    private static final int SLOW = 2;
    private static final int FAST = 3;
    private static final int CLOSED = 4;

    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final VarHandle PACE;
    private static final VarHandle THREAD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PACE = lookup.findVarHandle(Watch.class, "pace", int.class).withInvokeExactBehavior();
            THREAD = lookup.findVarHandle(Watch.class, "thread", Thread.class).withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Workers workers;
    private final List<Sighting> seen = new ArrayList<>();

    @SuppressWarnings("unused") // through THREAD
    private @Nullable Thread thread;

    @SuppressWarnings("unused") // through PACE
    private int pace;

    Watch(Workers workers) {
        this.workers = workers;
    }

    /** What was seen of a worker in the last tick. */
    private record Sighting(boolean waiting, long steps) {}

    /** A worker has been woken. */
    void onAwake() {
        if (paceAcquire() <= OFF) { // PACE
            quicken(SLOW);
        }
    }

    /** A task was submitted while all workers were busy. */
    void onAllBusy() {
        if (paceAcquire() < FAST) { // PACE
            quicken(FAST);
            workers.spares().compensate();
        }
    }

    /** The pool has ended. */
    void close() {
        PACE.setVolatile(this, CLOSED); // PACE
        LockSupport.unpark(threadOpaque()); // opaque: a hint
    }

    private void quicken(int next) {
        int pace = paceAcquire(); // PACE
        while (pace < next) {
            if (casPace(pace, next)) { // PACE
                if (pace == NONE) {
                    startThread();
                } else {
                    LockSupport.unpark(threadOpaque()); // opaque: a hint
                }
                return;
            }
            pace = paceAcquire(); // PACE
        }
    }

    private void startThread() {
        try {
            setThreadOpaque(workers.threads().startWatch(this)); // opaque: a hint
        } catch (Exception | Error failure) {
            PACE.setVolatile(this, NONE); // PACE
            workers.threads().warnOfWatchFailure(failure);
        }
    }

    @Override
    public void run() {
        while (true) {
            LockSupport.parkNanos(this, intervalNanos(paceAcquire())); // PACE
            int pace = paceAcquire(); // PACE
            if (pace == CLOSED || (pace == OFF && casPace(OFF, NONE))) { // PACE
                return;
            }
            if (pace != OFF) {
                tick();
            }
        }
    }

    private static long intervalNanos(int pace) {
        return switch (pace) {
            case FAST -> FAST_NANOS;
            case SLOW -> SLOW_NANOS;
            default -> LINGER_NANOS;
        };
    }

    private void tick() {
        if (!workers.hasWork()) {
            seen.clear();
            workers.spares().onSuspicion(0);
            slowDown();
        } else {
            quicken(FAST);
            if (workers.parking().mayWake()) {
                workers.signal();
            } else {
                workers.spares().onSuspicion(countSuspects());
            }
        }
    }

    private void slowDown() {
        if (casPace(FAST, SLOW) || workers.isAnyAwake()) { // PACE
            return;
        }
        if (casPace(SLOW, OFF)) { // PACE
            VarHandle.fullFence(); // PACE
            if (workers.isAnyAwake()) {
                casPace(OFF, SLOW); // PACE
            }
        }
    }

    private int countSuspects() {
        int suspects = 0;
        for (int i = 0; i < workers.count(); i++) {
            Worker worker = workers.worker(i);
            Sighting now =
                    new Sighting(isWaiting(worker), worker.counters().steps().get());
            if (i < seen.size()) {
                suspects += now.waiting() && now.equals(seen.get(i)) ? 1 : 0;
                seen.set(i, now);
            } else {
                seen.add(now);
            }
        }
        return suspects;
    }

    private static boolean isWaiting(Worker worker) {
        Thread thread = worker.thread();
        if (thread == null || !worker.counters().isInTask() || worker.isBlocking()) {
            return false;
        }
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private int paceAcquire() {
        return (int) PACE.getAcquire(this); // PACE
    }

    private boolean casPace(int expected, int next) {
        return PACE.compareAndSet(this, expected, next); // PACE
    }

    private @Nullable Thread threadOpaque() {
        return (Thread) THREAD.getOpaque(this); // opaque: a hint
    }

    private void setThreadOpaque(Thread started) {
        THREAD.setOpaque(this, started); // opaque: a hint
    }
}
