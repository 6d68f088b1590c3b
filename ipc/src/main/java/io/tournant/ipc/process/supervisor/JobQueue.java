package io.tournant.ipc.process.supervisor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The jobs that wait for a worker. */
final class JobQueue {
    /*
     * Fields     jobs, closed   guarded by lock
     */
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition(); // takers wait here
    private final Condition shut = lock.newCondition(); // those who wait out a pause
    private final Deque<Job> jobs = new ArrayDeque<>();
    private boolean closed;

    /** Returns false if the queue is closed. */
    boolean add(Job job) {
        lock.lock();
        try {
            if (!closed) {
                jobs.addLast(job);
                changed.signal();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Puts back a job that was taken and did not begin. Returns false if the queue is closed. */
    boolean putBack(Job job) {
        lock.lock();
        try {
            if (!closed) {
                jobs.addFirst(job);
                changed.signal();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a job. Returns null if the queue is closed, or the taker is no longer able to do one. */
    @Nullable
    Job take(BooleanSupplier able) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (jobs.isEmpty() && !closed && able.getAsBoolean()) {
                changed.await();
            }
            if (closed || !able.getAsBoolean()) {
                changed.signal(); // the signal may have been for this taker, and the job is still there
                return null;
            }
            return jobs.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a time, or until the queue is closed. */
    void pause(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!closed && left > 0) {
                left = shut.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has every taker look again whether it is able. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Removes the jobs that were never sent to a worker. */
    List<Job> drainUndelivered() {
        lock.lock();
        try {
            List<Job> drained = new ArrayList<>();
            for (Iterator<Job> all = jobs.iterator(); all.hasNext(); ) {
                Job job = all.next();
                if (!job.wasDelivered()) {
                    drained.add(job);
                    all.remove();
                }
            }
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the jobs that wait to be sent again. */
    List<Job> delivered() {
        lock.lock();
        try {
            return jobs.stream().filter(Job::wasDelivered).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Removes all jobs. */
    List<Job> drain() {
        lock.lock();
        try {
            List<Job> drained = List.copyOf(jobs);
            jobs.clear();
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the queue and returns the jobs that were still in it. */
    List<Job> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            shut.signalAll();
            return drain();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
