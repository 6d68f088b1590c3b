package io.tournant.core.executor;

import io.tournant.core.TaskOutcome;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.Notes;
import io.tournant.core.task.TaskOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the tasks given to execute: what goes wrong with them is logged, since no handle shows it. */
final class Unobserved extends ForwardingOwner {

    private static final Logger LOG = LoggerFactory.getLogger(io.tournant.core.TaskExecutor.class);

    private final String executor;

    Unobserved(TaskOwner next, String executor) {
        super(next);
        this.executor = executor;
    }

    @Override
    public void onOutcome(ManagedTask<?> task, TaskOutcome<?> outcome) {
        if (outcome instanceof TaskOutcome.Succeeded) {
            super.onOutcome(task, outcome);
            return;
        }
        task.markSeen();
        super.onOutcome(task, outcome);
        outcome.failure().ifPresent(cause -> log(task, cause));
    }

    private void log(ManagedTask<?> task, Throwable cause) {
        Notes.warn(LOG, "A task given to execute failed. executor=" + executor + " task=" + task.name(), cause);
    }
}
