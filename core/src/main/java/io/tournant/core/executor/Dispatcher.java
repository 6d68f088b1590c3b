package io.tournant.core.executor;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.ExecutorStats;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskId;
import io.tournant.core.TaskListener;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.TaskTimings;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.admission.AdmissionGate;
import io.tournant.core.context.CarriedContext;
import io.tournant.core.executor.Entrance.Patience;
import io.tournant.core.executor.Entrance.Way;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import io.tournant.core.task.Code;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.Notes;
import io.tournant.core.task.RunContext;
import io.tournant.core.task.TaskIds;
import io.tournant.core.task.TaskOwner;
import io.tournant.core.task.Timers;
import io.tournant.core.task.WorkerStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One executor: it admits tasks, hands them to its backend, and shuts down when the last one is gone. */
final class Dispatcher implements TaskOwner {
    /*
     * Overview   submit: pass the entrance and the gate, make the task ready, start it. The task reports its outcome and its
     *            end; its end leaves the gate. Whoever leaves a shut gate last shuts the backend down, and when that has let
     *            go of threads and processes the executor is terminated.
     *
     *            Threads and backend refer to this object through tasks alone, so that it becomes unreachable when nobody
     *            holds the executor and every task has ended. Then it is reaped.
     */
    private static final Logger LOG = LoggerFactory.getLogger(TaskExecutor.class);

    private final String name;
    private final TaskBackend backend;
    private final boolean runsInCaller;
    private final AdmissionGate gate = new AdmissionGate();
    private final Entrance entrance;
    private final CarriedContext context;
    private final Timers timers;
    private final Retries retries;
    private final InCaller inCaller = new InCaller();
    private final WorkerStates states = new WorkerStates();
    private final Counters counters = new Counters();
    private final @Nullable Listeners listeners; // null if there are none, as with timings
    private final @Nullable Timings timings;
    private final TaskOwner unobserved;
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private final Reaper reaper;

    Dispatcher(String name, TaskBackend backend, ExecutorOptions options) {
        this.name = name;
        this.backend = backend;
        runsInCaller = backend.traits().runsInCaller();
        entrance = new Entrance(name, backend, options, this::startLater);
        context = new CarriedContext(options.context());
        timers = new Timers("tournant-" + name + "-timer");
        retries = new Retries(options.quarantine(), timers, this::startAgain);
        listeners = options.listeners().isEmpty() ? null : new Listeners(options.listeners());
        timings = options.sampling() == 0 ? null : new Timings(options.sampling());
        unobserved = new Unobserved(this, name);
        reaper = Reaper.of(this, name, backend, options.reaped());
    }

    // ------------------------------------------------------------------ in

    /** Submits code, whose value is a T, as a task whose outcome somebody may ask for. */
    <T extends @Nullable Object> ManagedTask<T> submit(Object code, TaskOptions options) {
        return submit(code, options, this, Patience.POLICY);
    }

    /** Submits a task if there is room for it now. */
    <T extends @Nullable Object> ManagedTask<T> trySubmit(Object code, TaskOptions options) {
        return submit(code, options, this, Patience.NONE);
    }

    /** Submits a task whose handle nobody gets. */
    void execute(Object code, TaskOptions options) {
        ManagedTask<?> _ = submit(code, options, unobserved, Patience.POLICY);
    }

    private <T extends @Nullable Object> ManagedTask<T> submit(
            Object code, TaskOptions options, TaskOwner owner, Patience patience) {
        try {
            RunContext.reserveStack();
            Object carrying = context.capture(code);
            TaskId id = TaskIds.next();
            LinedUp lined = entrance.lineUp(owner, options.priority(), id.value());
            ManagedTask<T> task = ManagedTask.of(id, options, carrying, lined != null ? lined : owner, timers);
            Way way = enter(lined, options, patience);
            start(task, lined, way);
            if (listeners != null) {
                tell(listener -> listener.submitted(task));
            }
            return task;
        } catch (RejectedTaskException e) {
            counters.rejected();
            tell(listener -> listener.rejected(options, e));
            throw e;
        }
    }

    private Way enter(@Nullable LinedUp lined, TaskOptions options, Patience patience) {
        boolean mayWait = patience != Patience.POLICY || lined == null || !isInOwnTask();
        Way way = gate.isShut() ? Way.BACKEND : entrance.admit(lined, options, mayWait ? patience : Patience.NO_WAIT);
        AdmissionGate.Entry entry = gate.enter();
        if (entry == AdmissionGate.Entry.ADMITTED) {
            return way;
        }
        if (lined != null) {
            lined.leave();
        }
        if (entry == AdmissionGate.Entry.REFUSED_LAST) {
            drained();
        }
        throw Refusal.shutDown(name, null);
    }

    private void start(ManagedTask<?> task, @Nullable LinedUp lined, Way way) {
        TaskOptions options = task.options();
        boolean isRunHere = way == Way.CALLER || runsInCaller; // while this thread is in the backend, if at all
        boolean mayEndEarly =
                !isRunHere && (way == Way.LINE || options.deadline().isPresent());
        if (mayEndEarly) {
            gate.enterAgain(); // so that the backend is still there when it gets the task
        }
        try {
            task.ready();
            if (way == Way.LINE || options.retry().maxAttempts() > 1) {
                backend.prepare(task);
            }
            if (way == Way.CALLER) {
                inCaller.execute(task);
            } else if (way == Way.LINE && lined != null) {
                lined.enter(task);
            } else {
                startNow(task);
            }
        } catch (RuntimeException | Error e) { // the backend's, or the system's for want of a thread
            onRefused(task, e);
        } finally {
            if (mayEndEarly) {
                leave();
            }
        }
    }

    /** A backend that executes the task here does so until no attempt follows. */
    private void startNow(ManagedTask<?> task) {
        backend.start(task);
        while (runsInCaller && retries.awaitResumption(task)) {
            try {
                if (task.resume()) {
                    backend.start(task);
                }
            } finally {
                letGo();
            }
        }
    }

    /** Throws what submit is to throw; returns if the task has ended all the same, by its deadline. */
    private void onRefused(ManagedTask<?> task, Throwable cause) {
        if (!task.refuse(cause)) {
            return;
        }
        counters.refused();
        task.owner().onGone(task);
        throw Refusal.of(cause, name, task, gate.isShut());
    }

    /** Starts a task that has waited: its submitter is gone, so that a refusal becomes its outcome. */
    private void startLater(ManagedTask<?> task) {
        try {
            backend.start(task);
        } catch (RuntimeException | Error e) {
            timers.consequence(() -> task.cannotStart(Refusal.asOutcome(e, name, task, gate.isShut())));
        }
    }

    /** Starts the next attempt at a task that was held during its pause. */
    private void startAgain(ManagedTask<?> task) {
        try {
            if (!task.resume()) {
                return;
            }
            if (task.owner() instanceof LinedUp lined) {
                lined.enter(task);
            } else {
                startLater(task);
            }
        } finally {
            letGo();
        }
    }

    private void tell(Consumer<TaskListener> event) {
        Listeners present = listeners;
        if (present != null) {
            RunContext.completing(this, () -> present.tell(event));
        }
    }

    // ------------------------------------------------------------------ what a task asks its owner

    @Override
    public boolean isStopping() {
        return gate.isStopping();
    }

    @Override
    public boolean isSampled() {
        return timings != null && timings.isSampled();
    }

    @Override
    public TaskExecutor executor() {
        return new ManagedExecutor(this);
    }

    @Override
    public WorkerStates workerStates() {
        return states;
    }

    @Override
    public @Nullable Duration pauseAfter(ManagedTask<?> task, TaskOutcome<?> attempt, boolean began) {
        if (gate.isStopping()) {
            return null;
        }
        return RunContext.completing(this, () -> retries.pauseAfter(task, attempt, began)); // the user's predicate
    }

    @Override
    public void help(ManagedTask<?> task) {
        if (entrance.mayHaveToWait() && backend.traits().sharesMemory()) {
            if (context.isEmpty()) {
                inCaller.execute(task); // on no more stack than needed: tasks that wait for each other may nest deeply
            } else {
                context.runCleared(() -> inCaller.execute(task));
            }
        }
    }

    @Override
    public @Nullable Future<?> watch(ManagedTask<?> task, Runnable giveUp) {
        if (backend.traits().endsWork()) {
            return null;
        }
        try {
            return timers.after(task.options().cancelGrace(), giveUp);
        } catch (RejectedExecutionException
                | OutOfMemoryError e) { // the task has ended, or there is no thread for the clock
            LOG.debug("A cancelled task is not watched. executor={} task={}", name, task.name(), e);
            return null;
        }
    }

    // ------------------------------------------------------------------ what a task tells its owner

    @Override
    public void onStarted(ManagedTask<?> task) {
        if (listeners != null) {
            tell(listener -> listener.started(task));
        }
    }

    @Override
    public WorkerCrashedException onLost(ManagedTask<?> task, WorkerCrashedException cause) {
        entrance.lost(cause);
        tell(listener -> listener.lost(task, task.attempt(), cause));
        return retries.crashed(task, cause);
    }

    @Override
    public void hold() {
        gate.enterAgain();
    }

    @Override
    public void letGo() {
        leave();
    }

    /*
     * Who holds what of a task with more than one attempt:
     *
     *   from                         to                                   gate      slot   place
     *   submit                       onGone                               once      -      submit to onGone
     *   passed on by the line        onAgain, onAbandoned, onGone         -         once   -
     *   hold, before the pause       resume, or forget, whichever takes   once more -      -
     *                                the task out of retries
     *   hold, in giveUp              letGo, there                         once more -      -
     */

    @Override
    public void onAgain(ManagedTask<?> task, TaskOutcome<?> attempt, Duration pause) {
        counters.retried();
        if (attempt instanceof TaskOutcome.Failed) {
            entrance.finished(task);
        }
        attempt.failure()
                .ifPresent(cause -> tell(listener -> listener.retried(task, task.attempt() - 1, cause, pause)));
        retries.keep(task, pause);
        if (gate.isStopping()) { // since the attempt ended; whoever stops has seen the task there, or it is seen here
            task.cancel(true);
        }
        if (task.isDone() && retries.forget(task)) { // it ended before it was kept
            letGo();
        } else if (!runsInCaller) {
            retries.resumeLater(task);
        }
    }

    @Override
    public void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {
        backend.cancel(task, mode);
    }

    @Override
    public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
        counters.ended(outcome);
        if (outcome instanceof TaskOutcome.Succeeded || outcome instanceof TaskOutcome.Failed) {
            entrance.finished(task);
        }
        if (timings != null && task.times() != null) {
            timings.ended(task.times());
        }
        if (!(outcome instanceof TaskOutcome.Succeeded)) {
            outcome.failure().ifPresent(task::noteFailure);
        }
        if (listeners != null) {
            tell(listener -> listener.completed(task, outcome));
        }
    }

    @Override
    public void onAbandoned(ManagedTask<?> task) {
        counters.abandoned();
        backend.abandoned(task);
        Notes.warn(LOG, "A task does not end although it was interrupted, and is given up. task=" + task.name(), null);
    }

    @Override
    public void onGone(ManagedTask<?> task) {
        if (task.options().retry().maxAttempts() > 1 && retries.forget(task)) {
            letGo(); // instead of the attempt that does not follow
        }
        leave();
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
        reaper.dismiss();
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
        boolean empty = gate.shut();
        entrance.close();
        if (empty) {
            drained();
        }
    }

    /** Shuts down, cancels what runs, and returns the code of what never began. */
    List<Runnable> shutdownNow() {
        boolean empty = gate.stop();
        entrance.close();
        if (empty) {
            drained();
        }
        List<ManagedTask<?>> inLine = new ArrayList<>();
        entrance.drainTo(inLine::add); // first, so that none goes on to the backend meanwhile
        List<TaskRun<?>> unstarted = new ArrayList<>();
        backend.drainTo(unstarted);
        unstarted.addAll(inLine);
        List<Runnable> withdrawn = new ArrayList<>();
        for (TaskRun<?> run : unstarted) {
            Object code = ((ManagedTask<?>) run).withdraw();
            if (code != null) {
                withdrawn.add(Code.asRunnable(CarriedContext.codeOf(code)));
            }
        }
        retries.forEachPausing(task -> task.cancel(true));
        forEachRunning(task -> task.cancel(true));
        return withdrawn;
    }

    /** Returns the longest grace of the tasks that run and were not given up yet, within bounds. */
    Duration cancelGrace(Duration atMost) {
        List<Duration> graces = new ArrayList<>();
        forEachRunning(task ->
                graces.add(task.isAbandoned() ? Duration.ZERO : task.options().cancelGrace()));
        Duration longest = graces.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        return longest.compareTo(atMost) < 0 ? longest : atMost;
    }

    /** After {@link #shutdownNow()}: what the backend cannot end is not waited for any longer. */
    void abandon() {
        if (!backend.traits().endsWork()) {
            forEachRunning(ManagedTask::abandon);
        }
        backend.shutdown();
    }

    private void forEachRunning(Consumer<ManagedTask<?>> visitor) {
        backend.forEachRunning(run -> visitor.accept((ManagedTask<?>) run));
        inCaller.forEach(visitor);
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
        return RunContext.isInTaskOf(this);
    }

    // ------------------------------------------------------------------ insight

    String name() {
        return name;
    }

    TaskBackend backend() {
        return backend;
    }

    ExecutorStats stats() {
        List<ManagedTask<?>> shown = new ArrayList<>();
        forEachRunning(shown::add);
        List<ManagedTask<?>> distinct = shown.stream().distinct().toList();
        long running = distinct.stream()
                .filter(task -> task.phase() == TaskPhase.RUNNING)
                .count();
        long busy = distinct.stream()
                .filter(task -> task.phase() != TaskPhase.READY)
                .count();
        return counters.snapshot(gate, running, Math.max(0, gate.count() - retries.pausing() - busy));
    }

    TaskTimings timings() {
        return timings != null ? timings.snapshot() : new Timings(1).snapshot();
    }
}
