package io.tournant.pool;

import io.tournant.pool.deque.WorkDeque;
import org.jspecify.annotations.Nullable;

/** The thread of a worker: by its class a task's thread is known to belong to a pool, and to which. */
final class WorkerThread extends Thread {

    private static final long DEFAULT_STACK_SIZE = 0;

    private final Worker worker;
    private final WorkDeque deque;

    WorkerThread(Worker worker, String name) {
        super(null, null, name, DEFAULT_STACK_SIZE, false);
        this.worker = worker;
        deque = worker.deque();
    }

    /** The calling thread, if it is a worker of some pool. */
    static @Nullable WorkerThread current() {
        return Thread.currentThread() instanceof WorkerThread thread ? thread : null;
    }

    @Override
    public void run() {
        worker.serve(this);
    }

    Worker worker() {
        return worker;
    }

    WorkDeque deque() {
        return deque;
    }
}
