package io.tournant.core.task;

import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.Termination;
import io.tournant.core.spi.CancelMode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The word that holds where a task stands, its legal transitions, and the two futures that wait on it. */
abstract class TaskState<T extends @Nullable Object> {
    /*
     * Overview   One reference holds phase and outcome, so that a transition and what it carries are one CAS. Waiting
     *            is left to two CompletableFutures, which exist only where somebody waits.
     *
     * States     CREATED  -> READY      toReady      accepted by an executor
     *            READY    -> RUNNING    toRunning    a thread or a worker takes it
     *            READY    -> outcome    toNeverRun   cancelled, past its deadline, withdrawn or impossible to place
     *            RUNNING  -> outcome    toOutcome    the work ended by itself
     *            RUNNING  -> Ending     toEnding     cancelled or out of time: outcome known, work still going
     *            Ending   -> Ending     toStopping   its executor stops, and the work was left alone until now
     *            Ending   -> outcome    toGone       the work has ended as well
     *            Ending   -> Abandoned  toAbandoned  nobody waits for the work any longer
     *
     * Fields     field   | read by  | written by                        | edge
     *            state   | anyone   | the transitions, by CAS           | OUTCOME
     *            settled | anyone   | first waiter for the outcome      | SETTLED
     *            gone    | anyone   | first waiter for the termination  | GONE
     *
     * Edges
     *            OUTCOME  what precedes a transition: CAS on state -> whoever reads the new state: acquire
     *            SETTLED  finisher: CAS on state, then settled volatile >< waiter: CAS on settled, then state
     *                     volatile. One of the two sees the other, so the future is completed.
     *            GONE     the same between the transition that ends the work and the first waiter for that
     *
     * Accepted   both may see each other and complete the future twice: the second has no effect.
     */
    private static final VarHandle STATE;
    private static final VarHandle SETTLED;
    private static final VarHandle GONE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(TaskState.class, "state", Object.class);
            SETTLED = lookup.findVarHandle(TaskState.class, "settled", CompletableFuture.class);
            GONE = lookup.findVarHandle(TaskState.class, "gone", CompletableFuture.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The state of a cancelled task whose work could not be ended and is no longer waited for. */
    private record Abandoned<T extends @Nullable Object>(TaskOutcome<T> outcome) {}

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through STATE
    private Object state = TaskPhase.CREATED;

    @SuppressWarnings("unused") // through SETTLED
    private @Nullable CompletableFuture<TaskOutcome<T>> settled;

    @SuppressWarnings("unused") // through GONE
    private @Nullable CompletableFuture<Termination> gone;

    /** Makes the task eligible to run. */
    public final void toReady() {
        if (!casState(TaskPhase.CREATED, TaskPhase.READY)) { // OUTCOME
            throw new IllegalStateException("A task is accepted once: state=" + stateAcquire()); // OUTCOME
        }
    }

    /** Returns true if the caller must now execute the task. */
    final boolean toRunning() {
        return casState(TaskPhase.READY, TaskPhase.RUNNING); // OUTCOME
    }

    /** Returns true if the task will now never run; the caller must settle it and account for its end. */
    final boolean toNeverRun(TaskOutcome<T> outcome) {
        return casState(TaskPhase.READY, outcome); // OUTCOME, SETTLED, GONE
    }

    /** Returns true if the work's own end became the outcome; the caller must settle it and account for its end. */
    final boolean toOutcome(TaskOutcome<T> outcome) {
        return casState(TaskPhase.RUNNING, outcome); // OUTCOME, SETTLED, GONE
    }

    /** Returns non-null if the outcome is now known; the caller must deliver the interrupt and settle it. */
    final @Nullable Ending<T> toEnding(TaskOutcome<T> outcome, CancelMode mode) {
        Ending<T> ending = new Ending<>(outcome, mode);
        return casState(TaskPhase.RUNNING, ending) ? ending : null; // OUTCOME, SETTLED
    }

    /** Returns non-null if the caller must now deliver the interrupt that the ending left out. */
    final @Nullable Ending<T> toStopping(Ending<T> ending) {
        if (ending.mode() == CancelMode.INTERRUPT) {
            return null;
        }
        Ending<T> stopping = new Ending<>(ending.outcome(), CancelMode.INTERRUPT);
        return casState(ending, stopping) ? stopping : null; // OUTCOME
    }

    /** Returns true if the caller must account for the end of the work. */
    final boolean toGone(Ending<T> ending) {
        return casState(ending, ending.outcome()); // OUTCOME, GONE
    }

    /** Returns true if the caller must account for the end of the work, though it may go on. */
    final boolean toAbandoned(Ending<T> ending) {
        return casState(ending, new Abandoned<>(ending.outcome())); // OUTCOME, GONE
    }

    /** Wakes those who wait for the outcome. Called after the transition that made it known. */
    final void settle(TaskOutcome<T> outcome) {
        CompletableFuture<TaskOutcome<T>> waiting = settledVolatile(); // SETTLED
        if (waiting != null) {
            complete(waiting, outcome);
        }
    }

    /** Wakes those who wait for the termination. Called after the transition that ended the work. */
    final void terminate(boolean abandoned) {
        CompletableFuture<Termination> waiting = goneVolatile(); // GONE
        if (waiting != null) {
            complete(waiting, new Termination(abandoned));
        }
    }

    /** Completes a future, which runs what users hung on it. */
    abstract <V> void complete(CompletableFuture<V> future, V value);

    /** Returns the future of the outcome, which no user may get hold of. */
    final CompletableFuture<TaskOutcome<T>> settled() {
        CompletableFuture<TaskOutcome<T>> future = settledVolatile(); // SETTLED
        if (future == null) {
            casSettled(new CompletableFuture<>()); // SETTLED
            future = Objects.requireNonNull(settledVolatile()); // SETTLED
        }
        TaskOutcome<T> outcome = outcomeOf(stateVolatile()); // SETTLED
        if (outcome != null) {
            future.complete(outcome);
        }
        return future;
    }

    /** Returns the future of the termination, which no user may get hold of. */
    final CompletableFuture<Termination> gone() {
        CompletableFuture<Termination> future = goneVolatile(); // GONE
        if (future == null) {
            casGone(new CompletableFuture<>()); // GONE
            future = Objects.requireNonNull(goneVolatile()); // GONE
        }
        Object now = stateVolatile(); // GONE
        if (now instanceof TaskOutcome || now instanceof Abandoned) {
            future.complete(new Termination(now instanceof Abandoned));
        }
        return future;
    }

    /** Returns where the task stands. */
    public final TaskPhase phase() {
        return stateAcquire() instanceof TaskPhase phase ? phase : TaskPhase.TERMINATED; // OUTCOME
    }

    /** Returns the outcome, or null before it is known. */
    final @Nullable TaskOutcome<T> knownOutcome() {
        return outcomeOf(stateAcquire()); // OUTCOME
    }

    /** Returns the state between a known outcome and the end of the work, or null if the task is not in it. */
    @SuppressWarnings("unchecked") // only an Ending<T> is ever stored
    final @Nullable Ending<T> ending() {
        return stateAcquire() instanceof Ending<?> ending ? (Ending<T>) ending : null; // OUTCOME
    }

    final boolean isAbandoned() {
        return stateAcquire() instanceof Abandoned; // OUTCOME
    }

    @SuppressWarnings("unchecked") // only outcomes of T are ever stored
    private static <T extends @Nullable Object> @Nullable TaskOutcome<T> outcomeOf(Object state) {
        return switch (state) {
            case TaskOutcome<?> outcome -> (TaskOutcome<T>) outcome;
            case Ending<?> ending -> (TaskOutcome<T>) ending.outcome();
            case Abandoned<?> abandoned -> (TaskOutcome<T>) abandoned.outcome();
            default -> null;
        };
    }

    private Object stateAcquire() {
        return STATE.getAcquire(this); // OUTCOME
    }

    private Object stateVolatile() {
        return STATE.getVolatile(this); // SETTLED, GONE
    }

    private boolean casState(Object expected, Object next) {
        return STATE.compareAndSet(this, expected, next); // OUTCOME, SETTLED, GONE
    }

    @SuppressWarnings("unchecked") // the type of the field
    private @Nullable CompletableFuture<TaskOutcome<T>> settledVolatile() {
        return (CompletableFuture<TaskOutcome<T>>) SETTLED.getVolatile(this); // SETTLED
    }

    private void casSettled(CompletableFuture<TaskOutcome<T>> fresh) {
        SETTLED.compareAndSet(this, null, fresh); // SETTLED
    }

    @SuppressWarnings("unchecked") // the type of the field
    private @Nullable CompletableFuture<Termination> goneVolatile() {
        return (CompletableFuture<Termination>) GONE.getVolatile(this); // GONE
    }

    private void casGone(CompletableFuture<Termination> fresh) {
        GONE.compareAndSet(this, null, fresh); // GONE
    }
}
