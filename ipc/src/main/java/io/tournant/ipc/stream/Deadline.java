package io.tournant.ipc.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** Until when to wait, on the clock of {@link System#nanoTime()}. */
public final class Deadline {

    /** Does not wait. */
    public static final Deadline NOW = new Deadline(0);

    /** Waits as long as necessary. */
    public static final Deadline NEVER = new Deadline(0);

    private final long atNanos;

    private Deadline(long atNanos) {
        this.atNanos = atNanos;
    }

    /**
     * Returns a deadline so far from now.
     *
     * @param timeout zero or less does not wait; what exceeds 292 years is forever
     * @return the deadline
     */
    public static Deadline after(Duration timeout) {
        if (!timeout.isPositive()) {
            return NOW;
        }
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        return nanos == Long.MAX_VALUE ? NEVER : new Deadline(System.nanoTime() + nanos);
    }

    /**
     * Returns whichever of two deadlines comes first.
     *
     * @param other another deadline
     * @return the one with less time left
     */
    public Deadline orEarlier(Deadline other) {
        return other.remainingNanos() < remainingNanos() ? other : this;
    }

    /**
     * Takes a lock before the time is up.
     *
     * @param lock which
     * @return whether it is taken
     * @throws InterruptedException if interrupted on entry or while waiting, unless this is {@link #NOW}
     */
    public boolean tryLock(Lock lock) throws InterruptedException {
        if (this == NOW) {
            return lock.tryLock();
        }
        return lock.tryLock(remainingNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Tells whether the time is up.
     *
     * @return whether there is no time left
     */
    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /**
     * Returns how much time is left.
     *
     * @return nanoseconds; {@link Long#MAX_VALUE} if the deadline never comes, 0 or less if it has passed
     */
    public long remainingNanos() {
        if (this == NEVER) {
            return Long.MAX_VALUE;
        }
        return this == NOW ? 0 : atNanos - System.nanoTime();
    }
}
