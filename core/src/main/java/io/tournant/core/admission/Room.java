package io.tournant.core.admission;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The number of tasks that an executor holds at most. */
public final class Room {

    private static final int MORE_THAN_WAIT = Integer.MAX_VALUE / 2;

    private final int places;
    private final Semaphore free;
    private boolean open = true; // guarded by the monitor of this

    /** Makes an empty room. */
    public Room(int places) {
        this.places = places;
        free = new Semaphore(Math.min(places, MORE_THAN_WAIT), true); // those who wait, in their order
    }

    /** Returns how many it holds. */
    public int places() {
        return places;
    }

    /** Takes a place if there is one. */
    public boolean tryTake() {
        return free.tryAcquire();
    }

    /** Takes a place, waiting for one. Returns false if there was none in time. */
    public boolean tryTake(Duration atMost) throws InterruptedException {
        return free.tryAcquire(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
    }

    /** Gives a place back. */
    public void giveBack() {
        free.release();
    }

    /** Lets go those who wait, since nobody is taken any more; they find that out at the gate. */
    public synchronized void close() {
        if (open) {
            open = false;
            free.release(MORE_THAN_WAIT);
        }
    }
}
