package io.tournant.core.executor;

import io.tournant.core.TaskOutcome;
import io.tournant.core.admission.Room;
import io.tournant.core.admission.Ticket;
import io.tournant.core.admission.WaitingLine;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owns a task that waits in the executor's own line: gives back its slot between attempts, and slot and place at the end. */
final class LinedUp extends ForwardingOwner {

    private final WaitingLine<ManagedTask<?>> line;
    private final @Nullable Room room;
    private final Ticket ticket;
    private boolean holdsPlace; // written by the submitter before anybody else knows the task

    LinedUp(TaskOwner next, WaitingLine<ManagedTask<?>> line, @Nullable Room room, Ticket ticket) {
        super(next);
        this.line = line;
        this.room = room;
        this.ticket = ticket;
    }

    /** The task has a place in the room. */
    void holdsPlace() {
        holdsPlace = true;
    }

    /** Lines up, for the first time or for another attempt. */
    void enter(ManagedTask<?> task) {
        line.enter(ticket, task);
    }

    /** Gives up slot and place, once. */
    void leave() {
        if (line.leave(ticket) && room != null && holdsPlace) {
            room.giveBack();
        }
    }

    @Override
    public void onAgain(ManagedTask<?> task, TaskOutcome<?> attempt, Duration pause) {
        line.giveBack(ticket);
        super.onAgain(task, attempt, pause);
    }

    @Override
    public void onAbandoned(ManagedTask<?> task) {
        leave();
        super.onAbandoned(task);
    }

    @Override
    public void onGone(ManagedTask<?> task) {
        leave();
        super.onGone(task);
    }
}
