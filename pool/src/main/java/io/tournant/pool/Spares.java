package io.tournant.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers that stand in for those that are blocked, so that as many run as the pool is to have. */
final class Spares {
    /*
     * Overview   A worker that is going to block says so (onBlocking), or the watch suspects it. As long as more are
     *            blocked than spares are about, and tasks are queued that nobody awake will take, a spare is woken or
     *            made. A spare goes back when it finds nothing to do, or when fewer are blocked than spares are about.
     *
     * Fields     blocked    those that said so: guarded by this for writing | others read, opaque | a hint
     *            suspected  the watch writes | others read, opaque | a hint
     *            active     guarded by this for writing | others read, opaque | a hint
     *            idle, made, compensations  guarded by this
     *
     * Accepted   A moment in which more workers run than the pool is to have, or fewer: what a hint misses, the watch sees
     *            with its next tick.
     */
    private static final VarHandle BLOCKED;
    private static final VarHandle SUSPECTED;
    private static final VarHandle ACTIVE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BLOCKED = lookup.findVarHandle(Spares.class, "blocked", int.class).withInvokeExactBehavior();
            SUSPECTED =
                    lookup.findVarHandle(Spares.class, "suspected", int.class).withInvokeExactBehavior();
            ACTIVE = lookup.findVarHandle(Spares.class, "active", int.class).withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Workers workers;
    private final int limit;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private int made;
    private long compensations;

    private int blocked;

    @SuppressWarnings("unused") // through SUSPECTED
    private int suspected;

    private int active;

    Spares(Workers workers, int limit) {
        this.workers = workers;
        this.limit = limit;
    }

    /** The calling worker is about to block. */
    void onBlocking() {
        addBlocked(1);
        compensate();
    }

    /** The calling worker goes on. */
    void onUnblocked() {
        addBlocked(-1);
    }

    /** The watch has looked: so many workers seem to be blocked without having said so. */
    void onSuspicion(int count) {
        SUSPECTED.setOpaque(this, count); // opaque: a hint
        compensate();
    }

    /** Puts spares to work if workers are blocked for which there is none, and tasks wait that nobody will take. */
    void compensate() {
        while (missing() > 0 && workers.parking().allBusy() && workers.hasWork()) {
            if (!activate()) {
                return;
            }
        }
    }

    /** Whether more spares are about than workers are blocked. */
    boolean isExcess() {
        return missing() < 0;
    }

    private int missing() {
        return blocked() + suspected() - active();
    }

    /**
     * Puts the calling spare, which counts as searching, to rest.
     *
     * @return whether it must look at all queues and signal if one has a task, as in Parking
     */
    boolean park(Worker spare) {
        synchronized (this) {
            setActiveOpaque(active - 1); // opaque: a hint
            idle.push(spare);
        }
        return workers.parking().stopSearching();
    }

    /** Wakes all that are at rest, so that each sees the new state of the pool; starts none. */
    void wakeAll() {
        for (Worker spare : takeAll()) {
            workers.parking().startSearching();
            if (!spare.wakeIfStarted()) {
                park(spare);
            }
        }
    }

    private synchronized List<Worker> takeAll() {
        List<Worker> taken = List.copyOf(idle);
        idle.clear();
        setActiveOpaque(active + taken.size()); // opaque: a hint
        return taken;
    }

    /** Wakes one that is at rest, if it has a thread: for tasks when no thread can be started. */
    void wakeOne() {
        Worker spare = take(false);
        if (spare != null) {
            workers.parking().startSearching();
            if (!spare.wakeIfStarted()) {
                park(spare);
            }
        }
    }

    /** How many have been put to work since the pool was built. */
    synchronized long compensations() {
        return compensations;
    }

    /** How many are about. */
    int active() {
        return (int) ACTIVE.getOpaque(this); // opaque: a hint
    }

    private boolean activate() {
        Worker spare = take(true);
        if (spare == null) {
            workers.threads().warnOfSpareLimit(limit);
            return false;
        }
        workers.parking().startSearching();
        if (spare.wakeIfStarted()) {
            return true;
        }
        try {
            spare.start();
            return true;
        } catch (Exception | Error failure) {
            park(spare);
            workers.threads().warnOfStartFailure(spare, failure);
            return false;
        }
    }

    /** Takes one from those at rest, or makes one. */
    private synchronized @Nullable Worker take(boolean mayMake) {
        Worker spare = idle.poll();
        if (spare == null && mayMake && made < limit) {
            made++;
            spare = workers.addSpare();
        }
        if (spare != null) {
            setActiveOpaque(active + 1); // opaque: a hint
            compensations += mayMake ? 1 : 0;
        }
        return spare;
    }

    private synchronized void addBlocked(int difference) {
        BLOCKED.setOpaque(this, blocked + difference); // opaque: a hint
    }

    private int blocked() {
        return (int) BLOCKED.getOpaque(this); // opaque: a hint
    }

    private int suspected() {
        return (int) SUSPECTED.getOpaque(this); // opaque: a hint
    }

    private void setActiveOpaque(int value) {
        ACTIVE.setOpaque(this, value); // opaque: a hint
    }
}
