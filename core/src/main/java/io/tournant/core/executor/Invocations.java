package io.tournant.core.executor;

import io.tournant.core.TaskHandle;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.RunContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
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
        List<TaskHandle<T>> handles = new ArrayList<>(tasks.size());
        try {
            for (Callable<T> task : tasks) {
                handles.add(submit(task));
            }
            for (TaskHandle<T> handle : handles) {
                if (!awaitEnd(handle, endNanos)) {
                    break;
                }
            }
            return new ArrayList<>(handles);
        } finally {
            cancel(handles);
        }
    }

    /** Returns false if the time was up first. Does not look at how the task ended: that is left to the caller. */
    private static boolean awaitEnd(TaskHandle<?> handle, @Nullable Long endNanos) throws InterruptedException {
        ManagedTask<?> task = (ManagedTask<?>) handle;
        if (endNanos == null) {
            task.awaitOutcome();
            return true;
        }
        return task.awaitOutcome(endNanos - System.nanoTime());
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
            return firstSuccess(handles, ended, endNanos);
        } finally {
            cancel(handles);
        }
    }

    private static <T extends @Nullable Object> T firstSuccess(
            List<Future<T>> handles, LinkedBlockingQueue<TaskHandle<T>> ended, @Nullable Long endNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutionException last = null;
        Iterator<Future<T>> toHelp = handles.iterator();
        for (int i = 0; i < handles.size(); i++) {
            while (endNanos == null
                    && ended.isEmpty()
                    && toHelp.hasNext()) { // or it keeps busy the thread that they need
                boolean _ = RunContext.helpFromOwnTask((ManagedTask<?>) toHelp.next());
            }
            TaskHandle<T> handle =
                    endNanos == null ? ended.take() : ended.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (handle == null) {
                throw new TimeoutException("No task succeeded in time: tasks=" + handles.size() + " ended=" + i);
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
