package io.tournant.pool.parking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one parked worker waits for: a permit that is asked for once and granted once.
 *
 * <p><b>Thread safety.</b> {@link #ask} and {@link #await} belong to the worker; {@link #grant} to whoever took it off
 * the stack of parked workers.
 *
 * <p><b>Memory consistency effects.</b> What happens before the grant happens before the return from {@link #await}.
 */
public final class WakePermit {
    /*
     * States     granted: 1 -> 0  ask, by the worker before others can find it
     *                     0 -> 1  grant, by the one that found it
     *
     * Fields     owner     worker writes in ask | granter reads; ordered by the stack of parked workers in between
     *            granted   GRANT
     *
     * Edges      GRANT     granter: granted release, then unpark -> worker: granted acquire
     */
    private static final VarHandle GRANTED;

    static {
        try {
            GRANTED = MethodHandles.lookup()
                    .findVarHandle(WakePermit.class, "granted", int.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private @Nullable Thread owner;

    @SuppressWarnings("unused") // through GRANTED
    private int granted;

    /** Creates a permit that nobody has asked for. */
    public WakePermit() {}

    /** Announces that the calling thread will wait. */
    public void ask() {
        owner = Thread.currentThread();
        granted = 0;
    }

    /**
     * Waits until the permit is granted. Blocks; interrupts are dropped, since none can be meant for a task.
     */
    public void await() {
        while (grantedAcquire() == 0) { // GRANT
            LockSupport.park(this);
            Thread.interrupted();
        }
    }

    /** Grants the permit and wakes the thread that waits. */
    public void grant() {
        Thread thread = owner;
        setGrantedRelease(1); // GRANT
        LockSupport.unpark(thread);
    }

    private int grantedAcquire() {
        return (int) GRANTED.getAcquire(this); // GRANT
    }

    private void setGrantedRelease(int value) {
        GRANTED.setRelease(this, value); // GRANT
    }
}
