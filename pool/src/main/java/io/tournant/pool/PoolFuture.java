package io.tournant.pool;

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
        run(); // does nothing if somebody has begun
        if (isDone() || !worker.beginBlocking()) {
            return super.get();
        }
        try {
            return super.get();
        } finally {
            worker.endBlocking();
        }
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
