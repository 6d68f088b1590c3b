package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.Progress;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.TaskTimeoutException;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task from its submission to its end: the handle that the submitter holds and the run that the backend holds. */
public final class ManagedTask<T extends @Nullable Object> extends HandleView<T> implements TaskRun<T> {
    /*
     * Overview   Both faces are one object, so that a task costs one allocation. The state, and the order of everything
     *            below, is TaskState's; this class does what a transition asks of the one who made it.
     * Fields     field      | written by                        | read by                 | edge
     *            code       | constructor; nulled by the ender  | the one who begins it   | TaskState.OUTCOME
     *            in the annex:
     *            attachment | the backend, before it begins     | the backend             | TaskState.OUTCOME
     *            limits     | constructor                       | anyone                  | TaskState.OUTCOME
     *            times      | constructor                       | anyone                  | TaskState.OUTCOME
     *            progress   | the task's threads                | anyone                  | PROGRESS
     * Edges
     *            PROGRESS  what the task did before a report: progress release -> progress acquire
     */
    private static final VarHandle PROGRESS;

    static {
        try {
            PROGRESS = MethodHandles.lookup().findVarHandle(Annex.class, "progress", Progress.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final TaskOutcome.Succeeded<?> NOTHING = new TaskOutcome.Succeeded<@Nullable Object>(null);

    private final long id;
    private final TaskOptions options;
    private final TaskOwner owner;
    private @Nullable Object code;

    /** Makes a task whose time limits are shown and not enforced. */
    public ManagedTask(TaskId id, TaskOptions options, Callable<T> body, TaskOwner owner) {
        this(id, options, body, owner, null);
    }

    private ManagedTask(TaskId id, TaskOptions options, Object code, TaskOwner owner, @Nullable Timers timers) {
        super(annexFor(id, options, owner, timers));
        this.id = id.value();
        this.options = options;
        this.code = code;
        this.owner = owner;
    }

    /** Makes a task whose time limits are enforced by the timers. Its value is that of the code, a T. */
    public static <T extends @Nullable Object> ManagedTask<T> of(
            TaskId id, TaskOptions options, Object code, TaskOwner owner, Timers timers) {
        return new ManagedTask<>(id, options, code, owner, timers);
    }

    private static @Nullable Annex annexFor(TaskId id, TaskOptions options, TaskOwner owner, @Nullable Timers timers) {
        TimeLimits limits = TimeLimits.of(options, timers);
        boolean isTimed = options.timestamps() || owner.isSampled(id.value());
        return limits == null && !isTimed ? null : new Annex(limits, isTimed ? new TaskTimes() : null);
    }

    private @Nullable TimeLimits limits() {
        Annex annex = annexOrNull();
        return annex == null ? null : annex.limits;
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

    /** Returns the executor as this task sees it. */
    public TaskOwner owner() {
        return owner;
    }

    /** Returns when the task entered its phases, or null if nobody wants to know. */
    public @Nullable TaskTimes times() {
        Annex annex = annexOrNull();
        return annex == null ? null : annex.times;
    }

    // ------------------------------------------------------------------ the run begins

    /** Makes the task eligible to run and starts the clock of its deadline. */
    public void ready() {
        ready(1);
    }

    /** Makes the task eligible to run as the attempt that it is elsewhere. */
    public void ready(int attempt) {
        toReady(attempt);
        TimeLimits limits = limits();
        if (limits != null) {
            limits.submitted(this);
        }
    }

    @Override
    public Callable<T> body() {
        return Code.asCallable(code());
    }

    private Object code() {
        Object present = code;
        if (present == null) {
            throw new IllegalStateException("The code of a task is dropped when it ends: task=" + name());
        }
        return present;
    }

    @Override
    public void attach(@Nullable Object attachment) {
        annex().attachment = attachment;
    }

    @Override
    public @Nullable Object attachment() {
        Annex annex = annexOrNull();
        return annex == null ? null : annex.attachment;
    }

    @Override
    public boolean begin(Placement placement) {
        while (true) {
            Attempt now = attemptOrNull();
            if (now == null) {
                leaveElsewhere();
                return false;
            }
            Attempt placed = new Attempt.Placed(now.number(), placement);
            if (now.isRunning()) { // it was placed before, and whatever was to execute it died first
                if (toRunning(now, placed)) {
                    return mayGoOn();
                }
            } else if (begin(now, placed)) {
                return true;
            }
        }
    }

    /** Cancelled between two places, or before it had one. */
    private void leaveElsewhere() {
        for (Ending<T> ending = ending(); ending != null && !workEnded(ending); ending = ending()) {
            Thread.onSpinWait(); // it was replaced: one canceller went further than another
        }
    }

    private boolean begin(Attempt ready, Attempt running) {
        if (!toRunning(ready, running) || !mayGoOn()) {
            return false;
        }
        Annex annex = annexOrNull();
        if (annex != null && annex.times != null) {
            annex.times.begun();
        }
        owner.onStarted(this);
        try {
            if (annex != null && annex.limits != null) {
                annex.limits.begun(this, running.number());
            }
            return true;
        } catch (Throwable e) { // the system's, for want of a thread for the clock
            endAtOnce(new TaskOutcome.Failed<>(e));
            return false;
        }
    }

    private boolean mayGoOn() {
        if (owner.isStopping()) { // since the task left the queue
            endAtOnce(new TaskOutcome.Cancelled<>());
            return false;
        }
        return true;
    }

    /** Ends a task that has begun and whose code has not. */
    private void endAtOnce(TaskOutcome<T> outcome) {
        if (toOutcome(outcome)) {
            conclude(outcome);
        } else {
            leaveEnding();
        }
    }

    // ------------------------------------------------------------------ the run on this thread

    @Override
    public void run() {
        Attempt ready = attemptOrNull();
        if (ready == null || !ready.isReady()) {
            return;
        }
        RunContext context = RunContext.of(this, ready.number());
        if (!begin(ready, context)) {
            return;
        }
        TaskOutcome<T> outcome = execute(context);
        if (goesOnAfter(outcome)) {
            Thread.interrupted(); // the task's own doing
            return;
        }
        if (toOutcome(outcome)) {
            Thread.interrupted(); // the task's own doing; what hangs on its end, and the next task, begin without it
            conclude(outcome);
            Thread.interrupted();
        } else {
            leaveEnding();
        }
    }

    private TaskOutcome<T> execute(RunContext context) {
        try {
            Object present = code();
            T value = ScopedValue.where(RunContext.CURRENT, context).call(() -> Code.<T>call(present));
            return value == null ? nothing() : new TaskOutcome.Succeeded<>(value);
        } catch (Throwable e) { // whatever user code throws is its outcome
            return new TaskOutcome.Failed<>(e);
        }
    }

    @SuppressWarnings("unchecked") // null is a value of every type that has it
    private static <T extends @Nullable Object> TaskOutcome<T> nothing() {
        return (TaskOutcome<T>) NOTHING;
    }

    /** The thread leaves a task whose end was imposed, and takes no interrupt along. */
    private void leaveEnding() {
        for (Ending<T> ending = ending(); ending != null; ending = ending()) {
            ending.awaitDelivered();
            Thread.interrupted();
            if (workEnded(ending)) {
                return;
            }
        }
        Thread.interrupted(); // of an abandoned task, where it came long ago
        if (toReleased()) {
            owner.onGone(this);
        }
    }

    // ------------------------------------------------------------------ the run elsewhere

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
        boolean isNews = attemptOrNull() != null; // else it was to end, and this is how it did
        endElsewhere(new TaskOutcome.Lost<>(isNews ? owner.onLost(this, cause) : cause));
    }

    private void endElsewhere(TaskOutcome<T> outcome) {
        if (goesOnAfter(outcome)) {
            return;
        }
        boolean unplaced = !(outcome instanceof TaskOutcome.Succeeded);
        if (toOutcome(outcome) || (unplaced && toNeverRun(outcome))) {
            conclude(outcome);
            return;
        }
        if (ending() != null) {
            leaveElsewhere();
        } else if (toReleased()) {
            owner.onGone(this);
        } else if (!mayBeReportedLate()) {
            throw new IllegalStateException("A run begins, and then ends once: task=" + name() + " phase=" + phase()
                    + " outcome=" + knownOutcome() + " reported=" + outcome);
        }
    }

    /** Returns whether the backend cannot know that this run is over: cancelled unbegun, or abandoned. */
    private boolean mayBeReportedLate() {
        boolean neverBegan = phase() == TaskPhase.TERMINATED && latest() == null;
        return neverBegan || isAbandoned();
    }

    @Override
    public void progress(Progress report) {
        if (knownOutcome() == null) { // else from a thread that the task has left behind
            PROGRESS.setRelease(annex(), report); // PROGRESS
            owner.onProgress(this, report);
        }
    }

    // ------------------------------------------------------------------ what follows an attempt

    /** Returns true if another attempt follows this end of the work; the owner has been told. */
    private boolean goesOnAfter(TaskOutcome<T> outcome) {
        Duration pause = pauseAfter(outcome);
        if (pause == null || !toAgain()) {
            return false;
        }
        again(outcome, pause);
        return true;
    }

    private @Nullable Duration pauseAfter(TaskOutcome<T> outcome) {
        if (options.retry().maxAttempts() == 1 || outcome instanceof TaskOutcome.Succeeded) {
            return null;
        }
        Attempt now = attemptOrNull();
        return now == null ? null : owner.pauseAfter(this, outcome, now.isRunning());
    }

    private void again(TaskOutcome<T> outcome, Duration pause) {
        TimeLimits limits = limits();
        if (limits != null) {
            limits.attemptEnded();
        }
        TaskTimes times = times();
        if (times != null) {
            times.readyAgain();
        }
        owner.onAgain(this, outcome, pause);
    }

    /** Outcome and end of the work are one event. */
    private void conclude(TaskOutcome<T> outcome) {
        release();
        announce(outcome);
        settle(outcome);
        terminate(false);
        owner.onGone(this);
    }

    private void announce(TaskOutcome<T> outcome) {
        TaskTimes times = times();
        if (times != null) {
            times.ended();
        }
        owner.onOutcome(this, outcome);
    }

    /** The work has ended after its end was imposed. Returns false if the ending was replaced meanwhile. */
    private boolean workEnded(Ending<T> ending) {
        if (toNext(ending)) {
            ending.unwatch();
            again(ending.outcome(), Objects.requireNonNull(ending.pause(), "pause"));
            return true;
        }
        if (toGone(ending)) {
            ending.unwatch();
            release();
            terminate(false);
            owner.onGone(this);
            return true;
        }
        return false;
    }

    @Override
    <V> void complete(CompletableFuture<V> future, V value) {
        ScopedValue.where(RunContext.COMPLETING, owner).run(() -> future.complete(value));
    }

    private void release() {
        code = null;
        Annex annex = annexOrNull();
        if (annex != null) {
            annex.attachment = null;
            if (annex.limits != null) {
                annex.limits.ended();
            }
        }
    }

    // ------------------------------------------------------------------ an end from outside

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        CancelMode mode = mayInterruptIfRunning ? CancelMode.INTERRUPT : CancelMode.COOPERATIVE;
        boolean imposed = impose(new TaskOutcome.Cancelled<>(), mode);
        if (!imposed && mayInterruptIfRunning) {
            interruptEnding();
        }
        return imposed;
    }

    /** Imposes an outcome on a task that has none. Returns false if it has one. */
    private boolean impose(TaskOutcome<T> outcome, CancelMode mode) {
        while (knownOutcome() == null) { // a retry may move it on between the two
            if (toNeverRun(outcome)) {
                conclude(outcome);
                return true;
            }
            Ending<T> ending = toEnding(outcome, mode);
            if (ending != null) {
                enforce(ending);
                return true;
            }
        }
        return false;
    }

    /** Has the work ended as the ending says. */
    private void enforce(Ending<T> ending) {
        boolean onThread = ending.work() instanceof RunContext;
        if (onThread && ending.mode() == CancelMode.INTERRUPT) {
            ending.watch(owner.watch(this, () -> giveUp(ending)));
        }
        ending.deliver();
        if (ending.isFinal()) {
            announce(ending.outcome());
        }
        if (ending.work() instanceof RunContext context) {
            context.fireCancelled();
        } else {
            owner.cancelElsewhere(this, ending.mode());
        }
        if (ending.isFinal()) {
            settle(ending.outcome()); // last, since what users hang on it may take its time
        }
    }

    /** Ends the task because its deadline is over. */
    void exceedDeadline(Duration limit) {
        if (!impose(timedOut("deadline", limit), CancelMode.INTERRUPT)) {
            interruptEnding(); // cancelled before, and left alone until now
        }
    }

    /** Ends an attempt because it takes too long, and the task with it if no other follows. */
    void exceedTimeout(Duration limit, int attempt) {
        TaskOutcome<T> outcome = timedOut("timeout", limit);
        Duration pause = pauseAfter(outcome);
        Ending<T> ending =
                pause == null ? toEnding(attempt, outcome, CancelMode.INTERRUPT) : toExpiring(attempt, outcome, pause);
        if (ending != null) {
            enforce(ending);
        } else {
            interruptEnding();
        }
    }

    private TaskOutcome<T> timedOut(String limit, Duration duration) {
        List<StackTraceElement> stack = attemptOrNull() instanceof RunContext context
                ? List.of(context.thread().getStackTrace())
                : List.of();
        String message = "The task exceeded its " + limit + ": " + limit + "=" + duration + " task=" + name();
        return new TaskOutcome.TimedOut<>(new TaskTimeoutException(message, duration, stack));
    }

    /** Returns whether an end from outside was imposed on this work, or it was left behind by a later attempt. */
    boolean isUnwanted(Attempt work) {
        Attempt now = attemptOrNull();
        if (now != null) {
            return !now.equals(work);
        }
        TaskOutcome<T> outcome = knownOutcome();
        return outcome == null || outcome instanceof TaskOutcome.Cancelled || outcome instanceof TaskOutcome.TimedOut;
    }

    /** Returns whether this work was interrupted by a canceller. */
    boolean isBeingInterrupted(Attempt work) {
        Ending<T> ending = ending();
        return isAbandoned() || (ending != null && ending.work().equals(work) && ending.mode() == CancelMode.INTERRUPT);
    }

    /** Waits at most that long for the outcome. An interrupt does not end the wait, and stays set. */
    public boolean isEndedWithin(Duration time) {
        long endNanos = System.nanoTime() + TimeUnit.NANOSECONDS.convert(time);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    settled().get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("The future of the outcome never fails", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes a task that has not begun away from its backend; returns its code, or null if it has begun or ended. */
    public @Nullable Object withdraw() {
        Object present = code;
        boolean hasRun = attempt() > 1;
        TaskOutcome<T> outcome = new TaskOutcome.Cancelled<>();
        if (!toNeverRun(outcome)) {
            return null;
        }
        conclude(outcome);
        return hasRun ? null : present;
    }

    /** Takes back a task that the backend did not take; returns false if it has ended all the same. */
    public boolean refuse(Throwable cause) {
        if (toNeverRun(new TaskOutcome.Failed<>(cause))) {
            release();
            return true;
        }
        return false;
    }

    /** Ends a task that waits and cannot be started after all. Without effect if it has ended. */
    public void cannotStart(Throwable cause) {
        TaskOutcome<T> outcome = new TaskOutcome.Failed<>(cause);
        if (!goesOnAfter(outcome) && toNeverRun(outcome)) {
            conclude(outcome);
        }
    }

    /** Interrupts the work of a task that was cancelled without interruption and still goes on. */
    private void interruptEnding() {
        Ending<T> ending = ending();
        Ending<T> stopping = ending == null ? null : toStopping(ending);
        if (stopping == null) {
            return;
        }
        if (stopping.work() instanceof RunContext) {
            stopping.watch(owner.watch(this, () -> giveUp(stopping)));
            stopping.deliver();
        } else {
            stopping.deliver();
            owner.cancelElsewhere(this, CancelMode.INTERRUPT);
        }
    }

    /** The work was interrupted and has not ended: its thread is counted as lost until it comes back. */
    private void giveUp(Ending<T> ending) {
        ending.awaitDelivered();
        if (!toAbandoned(ending)) {
            return;
        }
        release();
        if (!ending.isFinal()) {
            announce(ending.outcome());
            settle(ending.outcome());
        }
        terminate(true);
        owner.onAbandoned(this);
    }

    /** Gives up waiting for the work of a task, cancelling the task if it has no outcome. */
    public void abandon() {
        cancel(true);
        Ending<T> ending = ending();
        if (ending != null) {
            giveUp(ending);
        }
        if (toReleased()) {
            owner.onGone(this);
        }
    }

    // ------------------------------------------------------------------ the rest of the handle

    @Override
    void help() throws InterruptedException {
        RunContext.helpFromOwnTask(this);
    }

    @Override
    public Optional<Instant> at(TaskPhase phase) {
        TaskTimes times = times();
        return times == null ? Optional.empty() : times.at(phase);
    }

    @Override
    public Progress progress() {
        Annex annex = annexOrNull();
        return annex == null ? Progress.NONE : (Progress) PROGRESS.getAcquire(annex); // PROGRESS
    }

    Optional<Duration> remaining() {
        TimeLimits limits = limits();
        return limits == null ? Optional.empty() : limits.remaining();
    }

    @Override
    public Optional<Duration> untilDeadline() {
        TimeLimits limits = limits();
        return limits == null ? Optional.empty() : limits.untilDeadline();
    }
}
