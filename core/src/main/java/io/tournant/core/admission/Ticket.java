package io.tournant.core.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One task's place in a {@link WaitingLine}. */
public final class Ticket implements Comparable<Ticket> {
    /*
     * States     WAITING -> GRANTED   toGranted   it has a slot
     *            GRANTED -> WAITING   toWaiting   its attempt ended; it gives the slot back and lines up again later
     *            any     -> LEFT      toLeft      its task is over; tells whether it gives a slot back
     *
     * Fields     state, changed by read-modify-write only
     *
     * Edges
     *            PLACE  atomicity: a slot is granted to a ticket or the ticket has left, never both. It orders nothing: what
     *                   is behind a ticket travels through the line.
     */
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Ticket.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum State {
        WAITING,
        GRANTED,
        LEFT
    }

    private final int priority;
    private final long sequence;

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through STATE
    private State state = State.WAITING;

    /** Makes a ticket whose turn comes before those of lower priority, and of the same priority with a later number. */
    public Ticket(int priority, long sequence) {
        this.priority = priority;
        this.sequence = sequence;
    }

    /** Returns true if the slot on offer is now this ticket's. */
    boolean toGranted() {
        return STATE.compareAndSet(this, State.WAITING, State.GRANTED); // PLACE
    }

    /** Returns true if the caller must give the slot back. */
    boolean toWaiting() {
        return STATE.compareAndSet(this, State.GRANTED, State.WAITING); // PLACE
    }

    /** Returns what has to be done now. */
    Farewell toLeft() {
        return switch ((State) STATE.getAndSet(this, State.LEFT)) { // PLACE
            case WAITING -> Farewell.TAKE_OUT;
            case GRANTED -> Farewell.GIVE_BACK;
            case LEFT -> Farewell.NOTHING;
        };
    }

    /** What is left to do for a task that is over. */
    enum Farewell {
        /** It may still stand in the line. */
        TAKE_OUT,
        /** It had a slot. */
        GIVE_BACK,
        /** It had left before. */
        NOTHING
    }

    @Override
    public int compareTo(Ticket other) {
        int byPriority = Integer.compare(other.priority, priority);
        return byPriority != 0 ? byPriority : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ticket ticket && compareTo(ticket) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
