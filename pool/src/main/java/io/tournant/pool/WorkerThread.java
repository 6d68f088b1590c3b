package io.tournant.pool;

/** The thread of a worker: by its class a task's thread is known to belong to a pool, and to which. */
final class WorkerThread extends Thread {

    private static final long DEFAULT_STACK_SIZE = 0;

    private final Worker worker;

    WorkerThread(Worker worker, String name) {
        super(null, worker, name, DEFAULT_STACK_SIZE, false);
        this.worker = worker;
    }

    Worker worker() {
        return worker;
    }
}
