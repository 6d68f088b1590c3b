package io.tournant.core.executor;

import io.tournant.core.TaskHandle;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.RunContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The bulk methods of an ExecutorService, over any way to submit one task. */
final class Invocations {

    private final Function<Callable<?>, TaskHandle<?>> submit;

    Invocations(Function<Callable<?>, TaskHandle<?>> submit) {
        this.submit = submit;
    }

    @SuppressWarnings("unchecked") // submit returns a handle of its argument's type
    private <T extends @Nullable Object> TaskHandle<T> submit(Callable<T> task) {
        return (TaskHandle<T>) submit.apply(task);
    }

    /** Waits for all, or until a time of {@link System#nanoTime()}; what has not ended by then is cancelled. */
    <T extends @Nullable Object> List<Future<T>> all(Collection<? extends Callable<T>> tasks, @Nullable Long endNanos)
            throws InterruptedException {
        List<Future<T>> handles = new ArrayList<>(tasks.size());
        try {
            for (Callable<T> task : tasks) {
                handles.add(submit(task));
            }
            for (Future<T> handle : handles) {
                if (!awaitEnd(handle, endNanos)) {
                    break;
                }
            }
            return handles;
        } finally {
            cancel(handles);
        }
    }

    /** Returns false if the time was up first. */
    private static boolean awaitEnd(Future<?> handle, @Nullable Long endNanos) throws InterruptedException {
        try {
            if (endNanos == null) {
                handle.get();
            } else {
                handle.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (ExecutionException | CancellationException e) { // an end like any other; the caller asks the handle
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Returns the value of the first to succeed; cancels the others. */
    <T extends @Nullable Object> T any(Collection<? extends Callable<T>> tasks, @Nullable Long endNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task");
        }
        List<Future<T>> handles = new ArrayList<>(tasks.size());
        LinkedBlockingQueue<TaskHandle<T>> ended = new LinkedBlockingQueue<>();
        try {
            for (Callable<T> task : tasks) {
                TaskHandle<T> handle = submit(task);
                handles.add(handle);
                CompletableFuture<T> _ =
                        handle.toCompletableFuture().whenComplete((value, failure) -> ended.add(handle));
                if (handle.state() == Future.State.SUCCESS) {
                    break; // the rest need not begin
                }
            }
            if (endNanos == null) {
                help(handles, ended);
            }
            return firstSuccess(handles.size(), ended, endNanos);
        } finally {
            cancel(handles);
        }
    }

    /** A task that waits for these keeps busy the thread that they may need. */
    private static void help(List<? extends Future<?>> handles, Collection<?> ended) throws InterruptedException {
        for (Future<?> handle : handles) {
            if (ended.isEmpty() && handle instanceof ManagedTask<?> task) {
                RunContext.helpFromOwnTask(task);
            }
        }
    }

    private static <T extends @Nullable Object> T firstSuccess(
            int count, LinkedBlockingQueue<TaskHandle<T>> ended, @Nullable Long endNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutionException last = null;
        for (int i = 0; i < count; i++) {
            TaskHandle<T> handle =
                    endNanos == null ? ended.take() : ended.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (handle == null) {
                throw new TimeoutException("No task succeeded in time: tasks=" + count + " ended=" + i);
            }
            try {
                return handle.get();
            } catch (ExecutionException e) {
                last = e;
            } catch (CancellationException e) {
                last = new ExecutionException(e);
            }
        }
        throw Objects.requireNonNull(last, "no task");
    }

    private static void cancel(List<? extends Future<?>> handles) {
        handles.forEach(handle -> handle.cancel(true));
    }
}
