package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.Progress;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task from its submission to its end: the handle that the submitter holds and the run that the backend holds. */
public final class ManagedTask<T extends @Nullable Object> extends EndableTask<T> implements TaskRun<T> {
    /*
     * Overview   Both faces are one object, so that a task costs one allocation, in four layers: TaskState is the word,
     *            HandleView reads it, EndableTask ends the task, and this class runs it.
     * Fields     field      | written by                        | read by                 | edge
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

    private static final long HELP_AGAIN_NANOS = 20_000_000;
    private static final TaskOutcome.Succeeded<?> NOTHING = new TaskOutcome.Succeeded<@Nullable Object>(null);

    /** Makes a task whose time limits are shown and not enforced. */
    public ManagedTask(TaskId id, TaskOptions options, Callable<T> body, TaskOwner owner) {
        this(id, options, body, owner, null);
    }

    private ManagedTask(TaskId id, TaskOptions options, Object code, TaskOwner owner, @Nullable Timers timers) {
        super(id, options, code, owner, timers);
    }

    /** Makes a task whose time limits are enforced by the timers. Its value is that of the code, a T. */
    public static <T extends @Nullable Object> ManagedTask<T> of(
            TaskId id, TaskOptions options, Object code, TaskOwner owner, Timers timers) {
        return new ManagedTask<>(id, options, code, owner, timers);
    }

    // ------------------------------------------------------------------ the run begins

    /** Makes the task eligible to run and starts the clock of its deadline. Called before anybody else gets the task. */
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
        Object present = codeOrNull();
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
            } else if (!now.mayBegin()) {
                return false;
            } else if (begin(now, placed)) {
                return true;
            }
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
        owner().onStarted(this);
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
        if (owner().isStopping()) { // since the task left the queue
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
        if (ready == null || !ready.mayBegin()) {
            return;
        }
        RunContext.reserveStack();
        RunContext context = RunContext.of(this, ready.number());
        try {
            if (!begin(ready, context)) {
                return;
            }
            TaskOutcome<T> outcome = execute(context);
            if (goesOnAfter(outcome)) {
                Thread.interrupted(); // the task's own doing
            } else if (toOutcome(outcome)) {
                Thread.interrupted(); // the task's own doing; what hangs on its end, and the next task, begin without
                // it
                conclude(outcome);
                Thread.interrupted();
            } else {
                leaveEnding();
            }
        } finally {
            context.leave();
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
        endElsewhere(new TaskOutcome.Lost<>(isNews ? owner().onLost(this, cause) : cause));
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
            owner().onGone(this);
        } else if (!mayBeReportedLate()) {
            throw new IllegalStateException("A run begins, and then ends once: task=" + name() + " phase=" + phase()
                    + " outcome=" + knownOutcome() + " reported=" + outcome);
        }
    }

    /** Returns whether the backend cannot know that this run is over: cancelled unbegun, or abandoned. */
    private boolean mayBeReportedLate() {
        Attempt latest = latest();
        boolean neverBegan = phase() == TaskPhase.TERMINATED && (latest == null || !latest.isRunning());
        return neverBegan || isAbandoned();
    }

    @Override
    public void progress(Progress report) {
        if (knownOutcome() == null) { // else from a thread that the task has left behind
            PROGRESS.setRelease(annex(), report); // PROGRESS
            owner().onProgress(this, report);
        }
    }

    @Override
    ManagedTask<T> self() {
        return this;
    }

    // ------------------------------------------------------------------ the rest of the handle

    @Override
    void help() throws InterruptedException {
        boolean mayPause = options().retry().maxAttempts() > 1; // and nobody is told when the next attempt may begin
        boolean inOwnTask = RunContext.helpFromOwnTask(this);
        while (inOwnTask && mayPause && !awaitOutcome(HELP_AGAIN_NANOS)) {
            inOwnTask = RunContext.helpFromOwnTask(this);
        }
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
