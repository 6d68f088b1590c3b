package io.tournant.ipc.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Something that one thread has at a time, and may pass on to another: a lock that costs little while nobody waits for it. */
final class Turn {
    /*
     * Overview   Taken by one atomic step, passed by a store and a fence. Only who finds it taken gets in line, where threads
     *            wait on a condition. Nobody owns it: a sender may leave it to the pump.
     * States     free  -> taken      tryTake(), take()
     *            taken -> free       pass(), which wakes the first in line
     *            any   -> dissolved  dissolve(): nobody waits in line any more; the turn itself goes on
     * Fields     taken   whoever takes or passes         TURN
     *            line    written under lock, read by all  LINE   how many wait, or DISSOLVED
     *
     * Edges      TURN  pass: what was done in the turn, then taken release -> take: taken exchanged, then what is done in it
     *            LINE  in line: line, full fence, then taken >< pass: taken, full fence, then line.
     *                  One of the two sees the other: it gets the turn, or is woken.
     *
     * Accepted   Who comes may overtake those in line: throughput before fairness. Who is woken and overtaken waits on; who
     *            overtook it wakes somebody when it passes.
     */
    private static final int FREE = 0;
    private static final int TAKEN = 1;
    private static final int DISSOLVED = Integer.MIN_VALUE;

    private static final VarHandle TAKEN_HANDLE;
    private static final VarHandle LINE_HANDLE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAKEN_HANDLE = lookup.findVarHandle(Turn.class, "taken", int.class).withInvokeExactBehavior();
            LINE_HANDLE = lookup.findVarHandle(Turn.class, "line", int.class).withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition passed = lock.newCondition();

    @SuppressWarnings("unused") // through TAKEN_HANDLE
    private int taken;

    private int line;

    /** Takes the turn if it is free. */
    boolean tryTake() {
        return TAKEN_HANDLE.compareAndSet(this, FREE, TAKEN); // TURN
    }

    /** Takes the turn before the time is up; if false, it was, or nobody may wait any more. */
    boolean take(Deadline deadline) throws InterruptedException {
        return tryTake() || (deadline != Deadline.NOW && takeInLine(deadline));
    }

    private boolean takeInLine(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean inTime = true;
            for (boolean took = getInLine(); !took; took = tryTake()) {
                if (line < 0 || !inTime) {
                    return false;
                }
                if (deadline == Deadline.NEVER) {
                    passed.await();
                } else {
                    inTime = passed.awaitNanos(deadline.remainingNanos()) > 0;
                }
            }
            return true;
        } finally {
            LINE_HANDLE.setOpaque(this, line - 1); // opaque: who reads too much wakes nobody
            lock.unlock();
        }
    }

    /** Says that one more is in line, under the lock; then takes the turn if it is free. */
    boolean getInLine() {
        LINE_HANDLE.setOpaque(this, line + 1); // LINE
        VarHandle.fullFence(); // LINE
        return tryTake();
    }

    /** Passes the turn to whoever comes. */
    void pass() {
        if (giveUp()) {
            wakeFirst();
        }
    }

    /** Has the turn no more; returns whether there may be somebody in line, who is to be woken. */
    boolean giveUp() {
        TAKEN_HANDLE.setRelease(this, FREE); // TURN
        VarHandle.fullFence(); // LINE
        return (int) LINE_HANDLE.getOpaque(this) != 0; // LINE
    }

    private void wakeFirst() {
        lock.lock();
        try {
            passed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody wait in line, now or later. Who passes the turn after this finds it {@link #isDissolved}. */
    void dissolve() {
        lock.lock();
        try {
            LINE_HANDLE.setOpaque(this, line | DISSOLVED); // LINE
            VarHandle.fullFence(); // LINE
            passed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody waits in line any more. */
    boolean isDissolved() {
        return (int) LINE_HANDLE.getOpaque(this) < 0; // LINE
    }
}
