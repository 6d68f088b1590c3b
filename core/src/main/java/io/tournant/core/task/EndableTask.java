package io.tournant.core.task;

import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskTimeoutException;
import io.tournant.core.spi.CancelMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How a task ends, and what follows on the end of an attempt: what a transition asks of the one who made it. */
abstract class EndableTask<T extends @Nullable Object> extends HandleView<T> {
    /*
     * Overview   An attempt ends by itself, or its end is imposed and its work ends later. Either way the owner is told, in
     *            this order: outcome, then the futures of those who wait, then the end of the work. What must not be
     *            overtaken by that end holds the owner meanwhile.
     * Fields     field | written by                       | read by               | edge
     *            code  | constructor; nulled by the ender | the one who begins it | TaskState.OUTCOME
     */
    private final long id;
    private final TaskOptions options;
    private final TaskOwner owner;

    private @Nullable Object code;

    EndableTask(TaskId id, TaskOptions options, Object code, TaskOwner owner, @Nullable Timers timers) {
        super(annexFor(options, owner, timers));
        this.id = id.value();
        this.options = options;
        this.code = code;
        this.owner = owner;
    }

    private static @Nullable Annex annexFor(TaskOptions options, TaskOwner owner, @Nullable Timers timers) {
        TimeLimits limits = TimeLimits.of(options, timers);
        boolean isTimed = options.timestamps() || owner.isSampled();
        return limits == null && !isTimed ? null : new Annex(limits, isTimed ? new TaskTimes() : null);
    }

    /** Returns this task as its owner knows it. */
    abstract ManagedTask<T> self();

    final @Nullable Object codeOrNull() {
        return code;
    }

    // ------------------------------------------------------------------ both faces

    @Override
    public final TaskId id() {
        return new TaskId(id);
    }

    /** Returns what the submitter asked for. */
    public final TaskOptions options() {
        return options;
    }

    @Override
    public final String name() {
        return options.name().isEmpty() ? id().toString() : options.name();
    }

    /** Returns the executor as this task sees it. */
    public final TaskOwner owner() {
        return owner;
    }

    /** Returns when the task entered its phases, or null if nobody wants to know. */
    public final @Nullable TaskTimes times() {
        Annex annex = annexOrNull();
        return annex == null ? null : annex.times;
    }

    final @Nullable TimeLimits limits() {
        Annex annex = annexOrNull();
        return annex == null ? null : annex.limits;
    }

    /** The thread leaves a task whose end was imposed, and takes no interrupt along. */
    final void leaveEnding() {
        for (Ending<T> ending = ending(); ending != null; ending = ending()) {
            ending.awaitDelivered();
            Thread.interrupted();
            if (workEnded(ending)) {
                return;
            }
        }
        Thread.interrupted(); // of an abandoned task, where it came long ago
        if (toReleased()) {
            owner.onGone(self());
        }
    }

    /** Cancelled between two places, or before it had one; or the end of the work is reported after its end was imposed. */
    final void leaveElsewhere() {
        for (Ending<T> ending = ending(); ending != null; ending = ending()) {
            boolean isLeft = !ending.isFinal() && ending.isLeftToCanceller();
            if (isLeft || workEnded(ending)) {
                return;
            }
        }
    }

    // ------------------------------------------------------------------ what follows an attempt

    /** Returns true if another attempt follows this end of the work; the owner has been told. */
    final boolean goesOnAfter(TaskOutcome<T> outcome) {
        Attempt now = attemptOrNull();
        return now != null && goesOnAfter(now, outcome);
    }

    private boolean goesOnAfter(Attempt now, TaskOutcome<T> outcome) {
        Duration pause = pauseAfter(now, outcome);
        if (pause == null) {
            return false;
        }
        owner.hold(); // before anybody can end the task during the pause
        if (!toAgain(now)) {
            owner.letGo();
            return false;
        }
        again(outcome, pause);
        return true;
    }

    private @Nullable Duration pauseAfter(Attempt now, TaskOutcome<T> outcome) {
        if (options.retry().maxAttempts() == 1 || outcome instanceof TaskOutcome.Succeeded) {
            return null;
        }
        return owner.pauseAfter(self(), outcome, now.isRunning());
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
        owner.onAgain(self(), outcome, pause);
    }

    /** The pause is over. Returns true if the task must now be executed. */
    public final boolean resume() {
        return toResumed();
    }

    /** Outcome and end of the work are one event. */
    final void conclude(TaskOutcome<T> outcome) {
        try {
            release();
            announce(outcome);
        } finally { // whatever little stack or memory is left: those who wait come first, and the executor must end
            try {
                settle(outcome);
            } finally {
                try {
                    terminate(false);
                } finally {
                    owner.onGone(self());
                }
            }
        }
    }

    private void announce(TaskOutcome<T> outcome) {
        TaskTimes times = times();
        if (times != null) {
            times.ended();
        }
        owner.onOutcome(self(), outcome);
    }

    /** The work has ended after its end was imposed. Returns false if the ending was replaced meanwhile. */
    private boolean workEnded(Ending<T> ending) {
        if (!ending.isFinal()) {
            owner.hold(); // as above
            if (!toNext(ending)) {
                owner.letGo();
                return false;
            }
            ending.unwatch();
            again(ending.outcome(), Objects.requireNonNull(ending.pause(), "pause"));
            return true;
        }
        if (toGone(ending)) {
            ending.unwatch();
            release();
            terminate(false);
            owner.onGone(self());
            return true;
        }
        return false;
    }

    @Override
    <V> void complete(CompletableFuture<V> future, V value) {
        RunContext.completing(owner, () -> {
            boolean _ = future.complete(value);
        });
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
    public final boolean cancel(boolean mayInterruptIfRunning) {
        CancelMode mode = mayInterruptIfRunning ? CancelMode.INTERRUPT : CancelMode.COOPERATIVE;
        boolean imposed = impose(new TaskOutcome.Cancelled<>(), mode);
        if (!imposed && mayInterruptIfRunning) {
            interruptEnding(attempt());
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
        if (ending.work() instanceof RunContext context) {
            try {
                if (ending.mode() == CancelMode.INTERRUPT) {
                    ending.watch(owner.watch(self(), () -> giveUp(ending)));
                }
            } finally {
                ending.deliver();
            }
            announceIfFinal(ending);
            context.fireCancelled();
        } else {
            announceIfFinal(ending);
            try {
                owner.cancelElsewhere(self(), ending.mode());
            } finally {
                if (ending.deliver()) {
                    leaveElsewhere();
                }
            }
        }
        if (ending.isFinal()) {
            settle(ending.outcome()); // last, since what users hang on it may take its time
        }
    }

    private void announceIfFinal(Ending<T> ending) {
        if (ending.isFinal()) {
            announce(ending.outcome());
        }
    }

    /** Ends the task because its deadline is over. */
    final void exceedDeadline(Duration limit) {
        if (!impose(timedOut("deadline", limit), CancelMode.INTERRUPT)) {
            interruptEnding(attempt());
        }
    }

    /** Ends an attempt because it takes too long, and the task with it if no other follows. */
    final void exceedTimeout(Duration limit, int attempt) {
        Attempt now = attemptOrNull();
        if (now == null) {
            interruptEnding(attempt); // cancelled before, and left alone until now
            return;
        }
        if (!now.isRunning() || now.number() != attempt) {
            return;
        }
        TaskOutcome<T> outcome = timedOut("timeout", limit);
        Duration pause = pauseAfter(now, outcome);
        Ending<T> ending =
                pause == null ? toEnding(attempt, outcome, CancelMode.INTERRUPT) : toExpiring(attempt, outcome, pause);
        if (ending != null) {
            enforce(ending);
        } else {
            interruptEnding(attempt);
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
    final boolean isUnwanted(Attempt work) {
        Attempt now = attemptOrNull();
        if (now != null) {
            return !now.equals(work);
        }
        TaskOutcome<T> outcome = knownOutcome();
        return outcome == null || outcome instanceof TaskOutcome.Cancelled || outcome instanceof TaskOutcome.TimedOut;
    }

    /** Returns whether this work was interrupted by a canceller. */
    final boolean isBeingInterrupted(Attempt work) {
        Ending<T> ending = ending();
        return isAbandoned() || (ending != null && ending.work().equals(work) && ending.mode() == CancelMode.INTERRUPT);
    }

    /** Takes a task that has not begun away from its backend; returns its code, or null if it has begun or ended. */
    public final @Nullable Object withdraw() {
        Object present = code;
        TaskOutcome<T> outcome = new TaskOutcome.Cancelled<>();
        if (!toNeverRun(outcome)) {
            return null;
        }
        conclude(outcome);
        return attempt() > 1 ? null : present;
    }

    /** Takes back a task that the backend did not take; returns false if it has ended all the same. */
    public final boolean refuse(Throwable cause) {
        if (toNeverRun(new TaskOutcome.Failed<>(cause))) {
            release();
            return true;
        }
        return false;
    }

    /** Ends a task that waits and cannot be started after all. Without effect if it has begun or ended. */
    public final void cannotStart(Throwable cause) {
        Attempt now = attemptOrNull();
        if (now == null || !now.mayBegin()) {
            return;
        }
        TaskOutcome<T> outcome = new TaskOutcome.Failed<>(cause);
        if (!goesOnAfter(now, outcome) && toNeverRun(outcome)) {
            conclude(outcome);
        }
    }

    /** Interrupts the work of an attempt whose task was cancelled without interruption and that still goes on. */
    private void interruptEnding(int attempt) {
        Ending<T> ending = ending();
        Ending<T> stopping =
                ending == null || ending.work().number() != attempt || !ending.isFinal() ? null : toStopping(ending);
        if (stopping == null) {
            return;
        }
        if (stopping.work() instanceof RunContext) {
            try {
                stopping.watch(owner.watch(self(), () -> giveUp(stopping)));
            } finally {
                stopping.deliver();
            }
        } else {
            owner.cancelElsewhere(self(), CancelMode.INTERRUPT);
            stopping.deliver();
        }
    }

    /** The work was interrupted and has not ended: its thread is counted as lost until it comes back. */
    private void giveUp(Ending<T> ending) {
        ending.awaitDelivered();
        owner.hold(); // the work may end while it is being given up
        try {
            if (toAbandoned(ending)) {
                release();
                if (!ending.isFinal()) {
                    announce(ending.outcome());
                    settle(ending.outcome());
                }
                terminate(true);
                owner.onAbandoned(self());
            }
        } finally {
            owner.letGo();
        }
    }

    /** Gives up waiting for the work of a task, cancelling the task if it has no outcome. */
    public final void abandon() {
        cancel(true);
        Ending<T> ending = ending();
        if (ending != null) {
            giveUp(ending);
        }
        if (toReleased()) {
            owner.onGone(self());
        }
    }
}
