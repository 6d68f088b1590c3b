package io.tournant.core.executor;

import io.tournant.core.Progress;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskOutcome;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import io.tournant.core.task.WorkerStates;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Stands between a task and its executor, and passes on what it does not deal with itself. */
abstract class ForwardingOwner implements TaskOwner {

    private final TaskOwner next;

    ForwardingOwner(TaskOwner next) {
        this.next = next;
    }

    @Override
    public boolean isStopping() {
        return next.isStopping();
    }

    @Override
    public TaskOwner principal() {
        return next.principal();
    }

    @Override
    public boolean isSampled() {
        return next.isSampled();
    }

    @Override
    public TaskExecutor executor() {
        return next.executor();
    }

    @Override
    public WorkerStates workerStates() {
        return next.workerStates();
    }

    @Override
    public @Nullable Duration pauseAfter(ManagedTask<?> task, TaskOutcome<?> attempt, boolean began) {
        return next.pauseAfter(task, attempt, began);
    }

    @Override
    public void help(ManagedTask<?> task) {
        next.help(task);
    }

    @Override
    public @Nullable Future<?> watch(ManagedTask<?> task, Runnable giveUp) {
        return next.watch(task, giveUp);
    }

    @Override
    public void onStarted(ManagedTask<?> task) {
        next.onStarted(task);
    }

    @Override
    public void onProgress(ManagedTask<?> task, Progress progress) {
        next.onProgress(task, progress);
    }

    @Override
    public WorkerCrashedException onLost(ManagedTask<?> task, WorkerCrashedException cause) {
        return next.onLost(task, cause);
    }

    @Override
    public void hold() {
        next.hold();
    }

    @Override
    public void letGo() {
        next.letGo();
    }

    @Override
    public void onAgain(ManagedTask<?> task, TaskOutcome<?> attempt, Duration pause) {
        next.onAgain(task, attempt, pause);
    }

    @Override
    public void cancelElsewhere(ManagedTask<?> task, CancelMode mode) {
        next.cancelElsewhere(task, mode);
    }

    @Override
    public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
        next.onOutcome(task, outcome);
    }

    @Override
    public void onAbandoned(ManagedTask<?> task) {
        next.onAbandoned(task);
    }

    @Override
    public void onGone(ManagedTask<?> task) {
        next.onGone(task);
    }
}
