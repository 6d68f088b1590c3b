package io.tournant.pool.parking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one parked worker waits for: a permit that is asked for once and granted once, or that the worker stops waiting
 * for, and its thread is gone.
 *
 * <p><b>Thread safety.</b> {@link #ask} and {@link #await} belong to the worker; {@link #grant} to whoever took it off
 * the stack of parked workers.
 *
 * <p><b>Memory consistency effects.</b> What happens before the grant happens before the return from {@link #await}.
 */
public final class WakePermit {
    /*
     * States     GONE    -> ASKED    ask, by the worker's thread before others can find it
     *            GRANTED -> ASKED    the same, not for the first time
     *            ASKED   -> GRANTED  grant, by the one that found it
     *            ASKED   -> GONE     withdraw, by the worker: the thread ends
     *
     * Fields     owner   worker writes in ask | granter reads; ordered by the stack of parked workers in between
     *            state   GRANT
     *
     * Edges      GRANT     granter: CAS of the state, then unpark >< worker: state acquire, or CAS of the state
     */
    /** Wait without a limit of time. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    private static final int GONE = 0;
    private static final int ASKED = 1;
    private static final int GRANTED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup()
                    .findVarHandle(WakePermit.class, "state", int.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private @Nullable Thread owner;

    @SuppressWarnings("unused") // through STATE
    private int state;

    /** Creates the permit of a worker without a thread. */
    public WakePermit() {}

    /** Announces that the calling thread will wait. */
    public void ask() {
        owner = Thread.currentThread();
        setStateRelease(ASKED); // GRANT
    }

    /**
     * Waits until the permit is granted or the time is over. Blocks; interrupts are dropped, since none can be meant for
     * a task.
     *
     * @param nanos for how long, in nanoseconds, or {@link #FOR_EVER}
     * @return whether it was granted
     */
    public boolean await(long nanos) {
        long start = nanos == FOR_EVER ? 0 : System.nanoTime();
        while (stateAcquire() == ASKED) { // GRANT
            if (nanos == FOR_EVER) {
                LockSupport.park(this);
            } else {
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
            }
            Thread.interrupted();
        }
        return true;
    }

    /**
     * Stops waiting for good, unless the permit is granted: the thread must end.
     *
     * @return whether that is so; else the permit was granted
     */
    public boolean withdraw() {
        return casState(ASKED, GONE); // GRANT
    }

    /**
     * Grants the permit and wakes the thread that waits.
     *
     * @return false if there is none: it has to be started
     */
    public boolean grant() {
        if (!casState(ASKED, GRANTED)) { // GRANT
            return false;
        }
        LockSupport.unpark(owner);
        return true;
    }

    private int stateAcquire() {
        return (int) STATE.getAcquire(this); // GRANT
    }

    private void setStateRelease(int next) {
        STATE.setRelease(this, next); // GRANT
    }

    private boolean casState(int expected, int next) {
        return STATE.compareAndSet(this, expected, next); // GRANT
    }
}
