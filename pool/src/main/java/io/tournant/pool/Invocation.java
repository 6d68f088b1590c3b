package io.tournant.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are submitted together and waited for together, as {@link AbstractExecutorService#invokeAll} does it, but for
 * the order of the waits: the newest first. When that has ended, so have most of the others; who waits for the oldest
 * first is woken for one after the other, by workers that have better things to do.
 */
final class Invocation<T extends @Nullable Object> {

    private final WorkStealingPool pool;
    private final List<Future<T>> futures;
    private final Collection<? extends Callable<T>> tasks;

    Invocation(WorkStealingPool pool, Collection<? extends Callable<T>> tasks) {
        this.pool = pool;
        this.tasks = tasks;
        futures = new ArrayList<>(tasks.size());
    }

    /** Returns the futures when all have ended. */
    List<Future<T>> run() throws InterruptedException {
        boolean complete = false;
        try {
            for (Callable<T> task : tasks) {
                submit(task);
            }
            for (int i = futures.size() - 1; i >= 0; i--) {
                await(futures.get(i));
            }
            complete = true;
            return futures;
        } finally {
            if (!complete) {
                cancelAll();
            }
        }
    }

    /** Returns the futures when all have ended, or have been cancelled because the time is up. */
    List<Future<T>> run(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        boolean complete = false;
        try {
            List<PoolFuture<T>> all = new ArrayList<>(tasks.size());
            for (Callable<T> task : tasks) {
                all.add(new PoolFuture<>(pool, task));
            }
            futures.addAll(all);
            boolean inTime = nanos > 0;
            for (int i = 0; i < all.size() && inTime; i++) {
                pool.execute(all.get(i));
                inTime = deadline - System.nanoTime() > 0;
            }
            for (int i = all.size() - 1; i >= 0 && inTime; i--) {
                inTime = await(all.get(i), deadline);
            }
            complete = inTime;
            return futures;
        } finally {
            if (!complete) {
                cancelAll();
            }
        }
    }

    private void submit(Callable<T> task) {
        PoolFuture<T> future = new PoolFuture<>(pool, task);
        futures.add(future);
        pool.execute(future);
    }

    private static void await(Future<?> future) throws InterruptedException {
        if (!future.isDone()) {
            try {
                future.get();
            } catch (CancellationException | ExecutionException ended) {
                // for whoever asks the future
            }
        }
    }

    /** Returns false if the time is up. */
    private static boolean await(Future<?> future, long deadline) throws InterruptedException {
        if (!future.isDone()) {
            try {
                future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (CancellationException | ExecutionException ended) {
                // for whoever asks the future
            } catch (TimeoutException e) {
                return false;
            }
        }
        return true;
    }

    private void cancelAll() {
        futures.forEach(future -> future.cancel(true));
    }
}
