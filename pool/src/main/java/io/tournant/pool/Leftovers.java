package io.tournant.pool;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;

/** The tasks of a pool that nobody will run, on their way back to whom they belong. */
final class Leftovers {

    private final Workers workers;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    Leftovers(Workers workers) {
        this.workers = workers;
    }

    /** Moves all tasks that are queued into the collection. */
    synchronized void drainTo(Collection<? super Runnable> unstarted) {
        workers.drain(tasks::add);
        unstarted.addAll(tasks);
        tasks.clear();
    }

    /**
     * Takes one occurrence of a task back, for a submitter that came too late. Returns false if it is gone: it was run,
     * or shutdownNow has returned it.
     */
    @SuppressWarnings("ReferenceEquality") // this very object, whatever it thinks equal
    synchronized boolean takeBack(Runnable task) {
        workers.drain(tasks::add);
        for (Iterator<Runnable> it = tasks.iterator(); it.hasNext(); ) {
            if (it.next() == task) {
                it.remove();
                return true;
            }
        }
        return false;
    }
}
