package io.tournant.pool;

import io.tournant.core.RejectionPolicy;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many tasks from outside may wait in a pool, and what becomes of more. */
final class Bound {

    private final int capacity;
    private final RejectionPolicy policy;
    private final Room room;
    private boolean opened;

    Bound(int capacity, RejectionPolicy policy) {
        this.capacity = capacity;
        this.policy = policy;
        room = new Room(capacity);
    }

    /**
     * Makes room for one more task; may block, if that is the policy.
     *
     * @return false if there is none and the caller is to run the task
     * @throws RejectedExecutionException if there is none
     */
    boolean enter(Runnable task, WorkStealingPool pool) {
        if (room.tryAcquire()) {
            return true;
        }
        return switch (policy) {
            case RejectionPolicy.CallerRuns() -> {
                if (task instanceof Forked) { // which forks, and needs a worker for that
                    throw rejection(task, pool, null);
                }
                yield false;
            }
            case RejectionPolicy.Abort() -> throw rejection(task, pool, null);
            case RejectionPolicy.Block(var atMost) -> {
                try {
                    if (room.tryAcquire(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS)) {
                        yield true;
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw rejection(task, pool, e);
                }
                throw rejection(task, pool, null);
            }
        };
    }

    /** A task that was taken is put back, whether there is room or not. */
    void comeBack() {
        room.reducePermits(1);
    }

    private static final class Room extends Semaphore {
        private static final long serialVersionUID = 1;

        Room(int permits) {
            super(permits);
        }

        @Override
        protected void reducePermits(int reduction) {
            super.reducePermits(reduction);
        }
    }

    /** Tasks have been taken. */
    void leave(int count) {
        room.release(count);
    }

    /** Lets all go on who wait for room, since the pool takes no more tasks, which they will find out. */
    synchronized void open() {
        if (!opened) {
            opened = true;
            room.release(Integer.MAX_VALUE / 2); // so that those who leave after that still can
        }
    }

    private RejectedExecutionException rejection(
            Runnable task, WorkStealingPool pool, @Nullable InterruptedException cause) {
        String why = cause == null ? "The queue of the pool is full." : "The wait for room was interrupted.";
        return new RejectedExecutionException(
                why + " pool=" + pool + " queueCapacity=" + capacity + " policy=" + policy + " task="
                        + task.getClass().getName() + ". Submit less, raise the capacity, or choose another policy.",
                cause);
    }
}
