package io.tournant.pool;

import io.tournant.pool.deque.WorkDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the pool returns for a task that was submitted. A worker that waits for one that has not begun runs it itself, so
 * that tasks which wait for the tasks that they submit need no more workers; one that waits for a task that has begun, or
 * with a limit of time, says that it blocks.
 */
final class PoolFuture<T extends @Nullable Object> extends FutureTask<T> {

    private final WorkStealingPool pool;

    PoolFuture(WorkStealingPool pool, Callable<T> task) {
        super(task);
        this.pool = pool;
    }

    PoolFuture(WorkStealingPool pool, Runnable task, T value) {
        super(task, value);
        this.pool = pool;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        Worker worker = isDone() ? null : pool.currentWorker();
        if (worker == null) {
            return super.get();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        runHere(worker);
        if (isDone() || !worker.beginBlocking()) {
            return super.get();
        }
        try {
            return super.get();
        } finally {
            worker.endBlocking();
        }
    }

    /** Does nothing if somebody has begun. */
    private void runHere(Worker worker) {
        run();
        if (isCancelled()) {
            Thread.interrupted(); // meant for this task, not for the one that waits
        }
        WorkDeque deque = worker.deque();
        while (deque.latest() instanceof PoolFuture<?> ended && ended.isDone()) {
            if (!deque.popIf(ended)) {
                return; // a thief has it
            }
        } // else they would lie there until the waiting task has ended
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        Worker worker = isDone() ? null : pool.currentWorker();
        if (worker == null || !worker.beginBlocking()) {
            return super.get(timeout, unit);
        }
        try {
            return super.get(timeout, unit);
        } finally {
            worker.endBlocking();
        }
    }
}
