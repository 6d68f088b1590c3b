package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.Progress;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.TaskTimeoutException;
import io.tournant.core.Termination;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task from its submission to its end: the handle that the submitter holds and the run that the backend holds. */
public final class ManagedTask<T extends @Nullable Object> extends TaskState<T> implements TaskHandle<T>, TaskRun<T> {
    /*
     * Overview   Both faces are one object, so that a task costs one allocation. The state, and the order of everything
     *            below, is TaskState's; this class does what a transition asks of the one who made it.
     * Fields     field     | written by                        | read by                 | edge
     *            body      | constructor; nulled by the ender  | the one who begins it   | TaskState.OUTCOME
     *            place     | the one who begins it, before     | anyone who saw RUNNING  | TaskState.OUTCOME
     *            limits    | constructor                       | anyone                  | TaskState.OUTCOME
     *            progress  | the task's threads                | anyone                  | PROGRESS
     * Edges
     *            PROGRESS  what the task did before a report: progress release -> progress acquire
     */
    private static final VarHandle PROGRESS;

    static {
        try {
            PROGRESS = MethodHandles.lookup().findVarHandle(ManagedTask.class, "progress", Progress.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long id;
    private final TaskOptions options;
    private final TaskOwner owner;
    private final @Nullable TimeLimits limits;
    private @Nullable Callable<T> body;
    private @Nullable Object place; // RunContext or Placement

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through PROGRESS
    private Progress progress = Progress.NONE;

    /** Makes a task whose time limits are shown and not enforced. */
    public ManagedTask(TaskId id, TaskOptions options, Callable<T> body, TaskOwner owner) {
        this(id, options, body, owner, null);
    }

    /** Makes a task whose time limits are enforced by the timers. */
    public ManagedTask(TaskId id, TaskOptions options, Callable<T> body, TaskOwner owner, @Nullable Timers timers) {
        this.id = id.value();
        this.options = options;
        this.body = body;
        this.owner = owner;
        limits = TimeLimits.of(options, timers);
    }

    // ------------------------------------------------------------------ both faces

    @Override
    public TaskId id() {
        return new TaskId(id);
    }

    @Override
    public TaskOptions options() {
        return options;
    }

    @Override
    public String name() {
        return options.name().isEmpty() ? id().toString() : options.name();
    }

    boolean isOwnedBy(TaskOwner other) {
        return owner.equals(other);
    }

    // ------------------------------------------------------------------ the run

    /** Makes the task eligible to run and starts the clock of its deadline. */
    public void ready() {
        toReady();
        if (limits != null) {
            limits.submitted(this);
        }
    }

    @Override
    public Callable<T> body() {
        Callable<T> code = body;
        if (code == null) {
            throw new IllegalStateException("The code of a task is dropped when it ends: task=" + name());
        }
        return code;
    }

    @Override
    public boolean begin(Placement placement) {
        if (phase() == TaskPhase.RUNNING) { // it was placed before, and whatever was to execute it died first
            if (owner.isStopping()) {
                endAtOnce(new TaskOutcome.Cancelled<>());
                return false;
            }
            place = placement;
            return true;
        }
        Ending<T> ending = ending();
        if (ending != null) { // cancelled between the two
            workEnded(ending);
            return false;
        }
        return begin((Object) placement);
    }

    private boolean begin(Object where) {
        place = where;
        if (!toRunning()) {
            place = null;
            return false;
        }
        if (owner.isStopping()) { // since the task left the queue
            endAtOnce(new TaskOutcome.Cancelled<>());
            return false;
        }
        try {
            if (limits != null) {
                limits.begun(this);
            }
            return true;
        } catch (Throwable e) { // the system's, for want of a thread for the clock
            endAtOnce(new TaskOutcome.Failed<>(e));
            return false;
        }
    }

    /** Ends a task that has begun and whose code has not. */
    private void endAtOnce(TaskOutcome<T> outcome) {
        if (toOutcome(outcome)) {
            conclude(outcome);
        } else {
            leaveEnding();
        }
    }

    @Override
    public void run() {
        RunContext context = new RunContext(this, Thread.currentThread());
        if (!begin((Object) context)) {
            return;
        }
        TaskOutcome<T> outcome = execute(context);
        if (toOutcome(outcome)) {
            Thread.interrupted(); // the task's own doing; what hangs on its end, and the next task, begin without it
            conclude(outcome);
            Thread.interrupted();
        } else {
            leaveEnding();
        }
    }

    /** The thread leaves a task whose outcome was imposed, and takes no interrupt along. */
    private void leaveEnding() {
        for (Ending<T> ending = ending(); ending != null; ending = ending()) {
            ending.awaitDelivered();
            Thread.interrupted();
            workEnded(ending);
        }
        Thread.interrupted(); // of an abandoned task, where it came long ago
    }

    private TaskOutcome<T> execute(RunContext context) {
        try {
            return new TaskOutcome.Succeeded<>(
                    ScopedValue.where(RunContext.CURRENT, context).call(body()::call));
        } catch (Throwable e) { // whatever user code throws is its outcome
            return new TaskOutcome.Failed<>(e);
        }
    }

    @Override
    public void succeed(T value) {
        endElsewhere(new TaskOutcome.Succeeded<>(value));
    }

    @Override
    public void fail(Throwable cause) {
        endElsewhere(new TaskOutcome.Failed<>(cause));
    }

    @Override
    public void lose(WorkerCrashedException cause) {
        endElsewhere(new TaskOutcome.Lost<>(cause));
    }

    private void endElsewhere(TaskOutcome<T> outcome) {
        if (toOutcome(outcome)) {
            conclude(outcome);
            return;
        }
        boolean unplaced = !(outcome instanceof TaskOutcome.Succeeded);
        if (unplaced && toNeverRun(outcome)) {
            conclude(outcome);
            return;
        }
        Ending<T> ending = ending();
        if (ending == null && !mayBeReportedLate()) {
            throw new IllegalStateException("A run begins, and then ends once: task=" + name() + " phase=" + phase()
                    + " outcome=" + knownOutcome() + " reported=" + outcome);
        }
        for (; ending != null; ending = ending()) {
            workEnded(ending);
        }
    }

    /** Returns whether the backend cannot know that this run is over: cancelled unbegun, or abandoned. */
    private boolean mayBeReportedLate() {
        boolean neverBegan = phase() == TaskPhase.TERMINATED && place == null;
        return neverBegan || isAbandoned();
    }

    @Override
    public void progress(Progress report) {
        if (knownOutcome() == null) { // else from a thread that the task has left behind
            PROGRESS.setRelease(this, report); // PROGRESS
            owner.onProgress(this, report);
        }
    }

    // ------------------------------------------------------------------ what follows a transition

    /** Outcome and end of the work are one event. */
    private void conclude(TaskOutcome<T> outcome) {
        release();
        owner.onOutcome(this, outcome);
        settle(outcome);
        terminate(false);
        owner.onGone(this);
    }

    /** The work has ended after its outcome was imposed. Without effect if the ending was replaced meanwhile. */
    private void workEnded(Ending<T> ending) {
        if (toGone(ending)) {
            release();
            terminate(false);
            owner.onGone(this);
        }
    }

    @Override
    <V> void complete(CompletableFuture<V> future, V value) {
        ScopedValue.where(RunContext.COMPLETING, owner).run(() -> future.complete(value));
    }

    private void release() {
        body = null;
        if (limits != null) {
            limits.ended();
        }
    }

    /** Imposes an outcome on a task that has none. Returns false if it has one. */
    private boolean impose(TaskOutcome<T> outcome, CancelMode mode) {
        if (toNeverRun(outcome)) {
            conclude(outcome);
            return true;
        }
        Ending<T> ending = toEnding(outcome, mode);
        if (ending == null) {
            return false;
        }
        if (place instanceof RunContext context) {
            ending.deliver(context.thread());
            owner.onOutcome(this, outcome);
            context.fireCancelled();
        } else {
            ending.deliver(null);
            owner.onOutcome(this, outcome);
            owner.cancelElsewhere(this, mode);
        }
        settle(outcome); // last, since what users hang on it may take its time
        return true;
    }

    /** Ends the task because of a limit. */
    void exceed(String limit, Duration duration) {
        List<StackTraceElement> stack = phase() == TaskPhase.RUNNING && place instanceof RunContext context
                ? List.of(context.thread().getStackTrace())
                : List.of();
        String message = "The task exceeded its " + limit + ": " + limit + "=" + duration + " task=" + name();
        TaskTimeoutException cause = new TaskTimeoutException(message, duration, stack);
        if (!impose(new TaskOutcome.TimedOut<>(cause), CancelMode.INTERRUPT)) {
            interruptEnding(); // cancelled before, and left alone until now
        }
    }

    /** Takes a task that has not begun away from its backend; returns its code, or null if it has begun or ended. */
    public @Nullable Callable<T> withdraw() {
        Callable<T> code = body;
        TaskOutcome<T> outcome = new TaskOutcome.Cancelled<>();
        if (!toNeverRun(outcome)) {
            return null;
        }
        conclude(outcome);
        return code;
    }

    /** Takes back a task that the backend did not take; returns false if it has ended all the same. */
    public boolean refuse(Throwable cause) {
        if (toNeverRun(new TaskOutcome.Failed<>(cause))) {
            release();
            return true;
        }
        return false;
    }

    /** Interrupts the work of a task that was cancelled without interruption and still goes on. */
    private void interruptEnding() {
        Ending<T> ending = ending();
        Ending<T> stopping = ending == null ? null : toStopping(ending);
        if (stopping == null) {
            return;
        }
        if (place instanceof RunContext context) {
            stopping.deliver(context.thread());
        } else {
            stopping.deliver(null);
            owner.cancelElsewhere(this, CancelMode.INTERRUPT);
        }
    }

    /** Gives up waiting for the work of a task, cancelling the task if it has no outcome. */
    public void abandon() {
        cancel(true);
        Ending<T> ending = ending();
        if (ending == null) {
            return;
        }
        ending.awaitDelivered();
        if (toAbandoned(ending)) {
            terminate(true);
            owner.onGone(this);
        }
    }

    // ------------------------------------------------------------------ the handle

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        CancelMode mode = mayInterruptIfRunning ? CancelMode.INTERRUPT : CancelMode.COOPERATIVE;
        boolean imposed = impose(new TaskOutcome.Cancelled<>(), mode);
        if (!imposed && mayInterruptIfRunning) {
            interruptEnding();
        }
        return imposed;
    }

    /** Returns whether the outcome came from outside the task: cancellation or a time limit. */
    boolean isOutcomeImposed() {
        TaskOutcome<T> outcome = knownOutcome();
        return outcome instanceof TaskOutcome.Cancelled || outcome instanceof TaskOutcome.TimedOut;
    }

    @Override
    public Optional<TaskOutcome<T>> outcome() {
        return Optional.ofNullable(knownOutcome());
    }

    @Override
    public boolean isDone() {
        return knownOutcome() != null;
    }

    @Override
    public boolean isCancelled() {
        return knownOutcome() instanceof TaskOutcome.Cancelled;
    }

    @Override
    public State state() {
        return switch (knownOutcome()) {
            case null -> State.RUNNING;
            case TaskOutcome.Succeeded<T> succeeded -> State.SUCCESS;
            case TaskOutcome.Cancelled<T> cancelled -> State.CANCELLED;
            case TaskOutcome.Failed<T> failed -> State.FAILED;
            case TaskOutcome.TimedOut<T> timedOut -> State.FAILED;
            case TaskOutcome.Lost<T> lost -> State.FAILED;
        };
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        TaskOutcome<T> outcome = knownOutcome();
        return report(outcome != null ? outcome : settled().get());
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        TaskOutcome<T> outcome = knownOutcome();
        return report(outcome != null ? outcome : settled().get(timeout, unit));
    }

    private T report(TaskOutcome<T> outcome) throws ExecutionException {
        return switch (outcome) {
            case TaskOutcome.Succeeded<T> succeeded -> succeeded.value();
            case TaskOutcome.Cancelled<T> cancelled ->
                throw new CancellationException("The task was cancelled: task=" + name());
            case TaskOutcome.Failed<T> failed -> throw executionException(failed.cause());
            case TaskOutcome.TimedOut<T> timedOut -> throw executionException(timedOut.cause());
            case TaskOutcome.Lost<T> lost -> throw executionException(lost.cause());
        };
    }

    private static ExecutionException executionException(Throwable cause) {
        try {
            return new ExecutionException(cause);
        } catch (RuntimeException | Error e) { // its toString is the user's code
            return new ExecutionException(cause.getClass().getName(), cause);
        }
    }

    @Override
    public T resultNow() {
        if (knownOutcome() instanceof TaskOutcome.Succeeded<T> succeeded) {
            return succeeded.value();
        }
        throw new IllegalStateException("The task has no result: task=" + name() + " state=" + state());
    }

    @Override
    public Throwable exceptionNow() {
        return switch (knownOutcome()) {
            case TaskOutcome.Failed<T> failed -> failed.cause();
            case TaskOutcome.TimedOut<T> timedOut -> timedOut.cause();
            case TaskOutcome.Lost<T> lost -> lost.cause();
            case null, default ->
                throw new IllegalStateException("The task has no exception: task=" + name() + " state=" + state());
        };
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        TaskFuture<T> view = new TaskFuture<>(this);
        CompletableFuture<Void> _ = settled().thenAccept(view::end);
        return view;
    }

    @Override
    public CompletionStage<Termination> termination() {
        return gone().minimalCompletionStage();
    }

    @Override
    public Optional<Placement> placement() {
        return switch (place) {
            case RunContext context ->
                Optional.of(new Placement.OnThread(context.thread().getName()));
            case Placement placement -> Optional.of(placement);
            case null, default -> Optional.empty();
        };
    }

    @Override
    public Progress progress() {
        return (Progress) PROGRESS.getAcquire(this); // PROGRESS
    }

    Optional<Duration> remaining() {
        return limits == null ? Optional.empty() : limits.remaining();
    }

    @Override
    public String toString() {
        return name() + "[" + phase() + "]";
    }
}
