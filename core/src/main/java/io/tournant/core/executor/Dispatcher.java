package io.tournant.core.executor;

import io.tournant.core.ExecutorStats;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.RunContext;
import io.tournant.core.task.TaskIds;
import io.tournant.core.task.TaskOwner;
import io.tournant.core.task.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One executor: it admits tasks, hands them to its backend, and shuts down when the last one is gone. */
final class Dispatcher implements TaskOwner {
    /*
     * Overview   submit: enter the gate, make the task ready, start it. The task reports its outcome and its end; its
     *            end leaves the gate. Whoever leaves a shut gate last shuts the backend down, and when that has let go
     *            of threads and processes the executor is terminated.
     */
    private static final Logger LOG = LoggerFactory.getLogger(io.tournant.core.TaskExecutor.class);

    private final String name;
    private final TaskBackend backend;
    private final AdmissionGate gate = new AdmissionGate();
    private final Counters counters = new Counters();
    private final Timers timers;
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private final TaskOwner unobserved = new Unobserved();

    Dispatcher(String name, TaskBackend backend) {
        this.name = name;
        this.backend = backend;
        timers = new Timers("tournant-" + name + "-timer");
    }

    /** Submits a task whose outcome somebody may ask for. */
    <T extends @Nullable Object> ManagedTask<T> submit(Callable<T> body, TaskOptions options) {
        return submit(body, options, this);
    }

    /** Submits a task whose handle nobody gets. */
    void execute(Callable<?> body, TaskOptions options) {
        ManagedTask<?> _ = submit(body, options, unobserved);
    }

    private <T extends @Nullable Object> ManagedTask<T> submit(Callable<T> body, TaskOptions options, TaskOwner owner) {
        ManagedTask<T> task = new ManagedTask<>(TaskIds.next(), options, body, owner, timers);
        enter();
        boolean mayEndEarly = options.deadline().isPresent();
        if (mayEndEarly) {
            gate.enterAgain(); // so that the backend is still there when it gets the task
        }
        try {
            task.ready();
            backend.start(task);
        } catch (RuntimeException | Error e) { // the backend's, or the system's for want of a thread
            onRefused(task, e);
        } finally {
            if (mayEndEarly) {
                leave();
            }
        }
        counters.submitted();
        return task;
    }

    private void enter() {
        AdmissionGate.Entry entry = gate.enter();
        if (entry == AdmissionGate.Entry.ADMITTED) {
            return;
        }
        if (entry == AdmissionGate.Entry.REFUSED_LAST) {
            drained();
        }
        counters.rejected();
        throw shutDown(null);
    }

    private RejectedTaskException shutDown(@Nullable Throwable cause) {
        return new RejectedTaskException(
                Reason.SHUTDOWN,
                "The executor is shut down and takes no more tasks; submit before that, or open another. executor="
                        + name,
                cause);
    }

    /** Throws what submit is to throw; returns if the task has ended all the same, by its deadline. */
    private void onRefused(ManagedTask<?> task, Throwable cause) {
        if (!task.refuse(cause)) {
            return;
        }
        leave();
        counters.rejected();
        switch (cause) {
            case RejectedTaskException rejected -> throw rejected;
            case RejectedExecutionException e when gate.isShut() -> throw shutDown(e);
            case RejectedExecutionException e -> throw saturated(task, e);
            case OutOfMemoryError e -> throw saturated(task, e); // how the JDK reports that there is no thread
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("An exception of submit is unchecked", cause);
        }
    }

    private RejectedTaskException saturated(ManagedTask<?> task, Throwable cause) {
        return new RejectedTaskException(
                Reason.SATURATED,
                "The backend has no room or no thread for the task; submit it later, or raise the limit. executor="
                        + name + " task=" + task.name() + " cause=" + cause,
                cause);
    }

    // ------------------------------------------------------------------ what a task tells its owner

    @Override
    public boolean isStopping() {
        return gate.isStopping();
    }

    @Override
    public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
        counters.ended(outcome);
    }

    @Override
    public void onGone(ManagedTask<?> task) {
        leave();
    }

    @Override
    public void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {
        backend.cancel(task, mode);
    }

    /** Owns the tasks given to execute: what goes wrong with them is logged, since no handle shows it. */
    private final class Unobserved implements TaskOwner {
        @Override
        public boolean isStopping() {
            return Dispatcher.this.isStopping();
        }

        @Override
        public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
            Dispatcher.this.onOutcome(task, outcome);
            switch (outcome) {
                case TaskOutcome.Failed<?> failed -> log(task, failed.cause());
                case TaskOutcome.TimedOut<?> timedOut -> log(task, timedOut.cause());
                case TaskOutcome.Lost<?> lost -> log(task, lost.cause());
                case TaskOutcome.Succeeded<?> succeeded -> {}
                case TaskOutcome.Cancelled<?> cancelled -> {}
            }
        }

        private void log(ManagedTask<?> task, Throwable cause) {
            try {
                LOG.error("A task given to execute failed. executor={} task={}", name, task.name(), cause);
            } catch (RuntimeException
                    | Error e) { // of the log, or of the exception when it is printed: not the task's matter
                LOG.error("A task given to execute failed, and its exception cannot be printed. executor={}", name);
            }
        }

        @Override
        public void onGone(ManagedTask<?> task) {
            Dispatcher.this.onGone(task);
        }

        @Override
        public void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {
            Dispatcher.this.cancelElsewhere(task, mode);
        }
    }

    // ------------------------------------------------------------------ the end

    private void leave() {
        if (gate.leave()) {
            drained();
        }
    }

    /** Every task is gone and none will come. May be called more than once. */
    private void drained() {
        timers.close();
        try {
            backend.shutdown().whenComplete((ignored, failure) -> onReleased(failure));
        } catch (RuntimeException | Error e) {
            onReleased(e);
        }
    }

    private void onReleased(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.error("A backend could not be shut down in order. executor={}", name, failure);
        }
        terminated.complete(null);
    }

    void shutdown() {
        if (gate.shut()) {
            drained();
        }
    }

    /** Shuts down, cancels what runs, and returns the code of what never began. */
    List<Runnable> shutdownNow() {
        boolean empty = gate.stop();
        if (empty) {
            drained();
        }
        List<TaskRun<?>> unstarted = new ArrayList<>();
        backend.drainTo(unstarted);
        List<Runnable> withdrawn = new ArrayList<>();
        for (TaskRun<?> run : unstarted) {
            Callable<?> body = ((ManagedTask<?>) run).withdraw();
            if (body != null) {
                withdrawn.add(Bodies.toRunnable(body));
            }
        }
        backend.forEachRunning(run -> ((ManagedTask<?>) run).cancel(true));
        return withdrawn;
    }

    /** After {@link #shutdownNow()}: what the backend cannot end is not waited for any longer. */
    void abandon() {
        if (!backend.traits().endsWork()) {
            backend.forEachRunning(run -> ((ManagedTask<?>) run).abandon());
        }
        backend.shutdown();
    }

    boolean isShutdown() {
        return gate.isShut();
    }

    /** Returns whether every task is gone and none will come. */
    boolean isDrained() {
        return gate.isDrained();
    }

    CompletableFuture<Void> terminated() {
        return terminated;
    }

    /** Returns whether the calling thread executes a task of this executor. */
    boolean isInOwnTask() {
        return RunContext.isInTaskOf(this) || RunContext.isInTaskOf(unobserved);
    }

    // ------------------------------------------------------------------ insight

    String name() {
        return name;
    }

    TaskBackend backend() {
        return backend;
    }

    ExecutorStats stats() {
        return counters.snapshot();
    }
}
