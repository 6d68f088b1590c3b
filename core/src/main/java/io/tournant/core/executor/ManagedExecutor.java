package io.tournant.core.executor;

import io.tournant.core.Action;
import io.tournant.core.BackendTraits;
import io.tournant.core.ExecutorOptions;
import io.tournant.core.ExecutorStats;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.Task;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskTimings;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.task.Code;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The executor as the user sees it: a view of a dispatcher with options of its own. */
public final class ManagedExecutor implements TaskExecutor {

    private static final Duration LONGEST_CANCEL_GRACE = Duration.ofSeconds(1);

    private final Dispatcher dispatcher;
    private final TaskOptions options;
    private final Invocations invocations = new Invocations(this::submit);

    /** Makes an executor that owns the backend. */
    public ManagedExecutor(String name, TaskBackend backend, ExecutorOptions options) {
        this(new Dispatcher(name, backend, options));
    }

    /** Makes a view with default options. */
    ManagedExecutor(Dispatcher dispatcher) {
        this(dispatcher, TaskOptions.ofDefaults());
    }

    private ManagedExecutor(Dispatcher dispatcher, TaskOptions options) {
        this.dispatcher = dispatcher;
        this.options = options;
    }

    @Override
    public <T extends @Nullable Object> TaskHandle<T> submit(Task<T> task) {
        return dispatcher.submit(Objects.requireNonNull(task, "task"), options);
    }

    @Override
    public TaskHandle<?> submit(Action action) {
        return submit((Runnable) action);
    }

    @Override
    public void execute(Action action) {
        execute((Runnable) action);
    }

    @Override
    public <T extends @Nullable Object> TaskHandle<T> submit(Callable<T> task) {
        return dispatcher.submit(Objects.requireNonNull(task, "task"), options);
    }

    @Override
    public TaskHandle<?> submit(Runnable task) {
        return dispatcher.submit(Code.of(Objects.requireNonNull(task, "task")), options);
    }

    @Override
    public <T extends @Nullable Object> TaskHandle<T> submit(Runnable task, T result) {
        return dispatcher.submit(Code.of(Objects.requireNonNull(task, "task"), result), options);
    }

    @Override
    public void execute(Runnable task) {
        dispatcher.execute(Code.of(Objects.requireNonNull(task, "task")), options);
    }

    @Override
    public <T extends @Nullable Object> Optional<TaskHandle<T>> trySubmit(Task<T> task) {
        try {
            return Optional.of(dispatcher.trySubmit(Objects.requireNonNull(task, "task"), options));
        } catch (RejectedTaskException e) {
            if (e.reason() == RejectedTaskException.Reason.SATURATED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public TaskExecutor with(UnaryOperator<TaskOptions> change) {
        return new ManagedExecutor(dispatcher, Objects.requireNonNull(change.apply(options), "options"));
    }

    // ------------------------------------------------------------------ bulk

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return invocations.all(tasks, null);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return invocations.all(tasks, System.nanoTime() + unit.toNanos(timeout));
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invocations.any(tasks, null);
        } catch (TimeoutException e) {
            throw new AssertionError("There is no time limit", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invocations.any(tasks, System.nanoTime() + unit.toNanos(timeout));
    }

    // ------------------------------------------------------------------ the end

    @Override
    public void shutdown() {
        dispatcher.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return dispatcher.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return dispatcher.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return dispatcher.terminated().isDone();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            dispatcher.terminated().get(timeout, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("Termination never fails", e);
        }
    }

    @Override
    public void close() {
        shutdown();
        if (dispatcher.isInOwnTask()) {
            return;
        }
        boolean interrupted = false;
        while (!isTerminated()) {
            try {
                awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
                shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean close(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("The time to drain is zero or more: grace=" + grace);
        }
        shutdown();
        if (dispatcher.isInOwnTask()) {
            return false;
        }
        if (awaitQuietly(grace) || dispatcher.isDrained()) {
            return true; // threads and processes may still be on their way out
        }
        shutdownNow();
        if (!Thread.currentThread().isInterrupted()) {
            boolean _ = awaitQuietly(dispatcher.cancelGrace(LONGEST_CANCEL_GRACE)); // whatever comes of it
        }
        dispatcher.abandon();
        return false;
    }

    /** An interrupt cuts the wait short and stays set. */
    private boolean awaitQuietly(Duration grace) {
        try {
            return awaitTermination(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // ------------------------------------------------------------------ insight

    @Override
    public ExecutorStats stats() {
        return dispatcher.stats();
    }

    @Override
    public TaskTimings timings() {
        return dispatcher.timings();
    }

    @Override
    public String backend() {
        return dispatcher.name();
    }

    @Override
    public BackendTraits traits() {
        return dispatcher.backend().traits();
    }

    @Override
    public String toString() {
        return "TaskExecutor[backend=" + backend() + (isShutdown() ? ", shut down" : "") + "]";
    }
}
