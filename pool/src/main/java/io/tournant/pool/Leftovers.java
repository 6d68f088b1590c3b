package io.tournant.pool;

import io.tournant.pool.deque.WorkDeque;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;

/** The tasks of a pool that nobody will run, on their way back to whom they belong. */
final class Leftovers {

    private final Workers workers;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean returned;

    Leftovers(Workers workers) {
        this.workers = workers;
    }

    /** Moves all tasks that are queued into the collection. */
    synchronized void drainTo(Collection<? super Runnable> unstarted) {
        returned |= workers.state().isStopping();
        workers.drain(tasks::add);
        unstarted.addAll(tasks);
        tasks.clear();
    }

    /** Whoever waits for a task that was removed would wait for ever. */
    static void onRemoved(Runnable task) {
        if (task instanceof Forked<?> forked) {
            forked.cancel(false);
        } else {
            PoolBackend.onRemoved(task);
        }
    }

    /**
     * Takes one occurrence of a task back, for a submitter that came too late. Returns false if it is gone: it was run,
     * or shutdownNow has returned it.
     */
    @SuppressWarnings("ReferenceEquality") // this very object, whatever it thinks equal
    synchronized boolean takeBack(Runnable task) {
        workers.drainOutside(tasks::add); // not from the deques: who runs a task that forks is to find its forks there
        for (Iterator<Runnable> it = tasks.iterator(); it.hasNext(); ) {
            if (it.next() == task) {
                it.remove();
                return true;
            }
        }
        return false;
    }

    /**
     * Empties the deque of a worker that leaves a stopping pool. Some tasks may have come into it with a batch, past the
     * eyes of shutdownNow. As long as that has not returned, it will find them here; afterwards they count as started.
     *
     * @return the tasks that the worker must run
     */
    synchronized Queue<Runnable> leave(WorkDeque deque) {
        Queue<Runnable> owed = returned ? new ArrayDeque<>() : tasks;
        for (Runnable task = deque.pop(); task != null; task = deque.pop()) {
            owed.add(task);
        }
        return returned ? owed : new ArrayDeque<>();
    }
}
