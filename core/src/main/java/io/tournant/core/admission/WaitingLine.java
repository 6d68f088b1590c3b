package io.tournant.core.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Passes tasks on as long as there are slots for them; the others wait, the highest priority first, then the oldest. */
public final class WaitingLine<T> {
    /*
     * Overview   Slots are a semaphore, the line a sorted map. Whoever lines up puts its ticket in and then looks for a
     *            slot; whoever leaves frees its slot and then looks into the line. Both are sequentially consistent, so one
     *            of the two sees the other, and no slot is free for long while somebody waits.
     *
     * Accepted   a ticket that has left is taken out of the line by its owner, or offered a slot and passed over
     */
    private final Semaphore slots;
    private final ConcurrentSkipListMap<Ticket, T> line = new ConcurrentSkipListMap<>();
    private final Consumer<? super T> passOn;

    /** Makes a line with a number of slots. Tasks that have their turn are passed on by whoever lines up or leaves. */
    public WaitingLine(int slots, Consumer<? super T> passOn) {
        this.slots = new Semaphore(slots);
        this.passOn = passOn;
    }

    /** Lines up, and passes on what has its turn. */
    public void enter(Ticket ticket, T task) {
        line.put(ticket, task);
        advance();
    }

    /** The task has used its slot and will {@link #enter} again. */
    public void giveBack(Ticket ticket) {
        if (ticket.toWaiting()) {
            slots.release();
            advance();
        } else { // it was executed without one, by a task that waited for it
            line.remove(ticket);
        }
    }

    /** The task is over. Returns true the first time. */
    public boolean leave(Ticket ticket) {
        return switch (ticket.toLeft()) {
            case TAKE_OUT -> {
                line.remove(ticket);
                yield true;
            }
            case GIVE_BACK -> {
                slots.release();
                advance();
                yield true;
            }
            case NOTHING -> false;
        };
    }

    private void advance() {
        while (!line.isEmpty() && slots.tryAcquire()) {
            Map.Entry<Ticket, T> first = line.pollFirstEntry();
            if (first != null && first.getKey().toGranted()) {
                passOn.accept(first.getValue());
            } else {
                slots.release();
            }
        }
    }

    /** Takes out all that wait, in their order. They leave as if they were over. */
    public void drainTo(Consumer<? super T> drained) {
        for (Map.Entry<Ticket, T> entry = line.pollFirstEntry(); entry != null; entry = line.pollFirstEntry()) {
            drained.accept(entry.getValue());
        }
    }
}
