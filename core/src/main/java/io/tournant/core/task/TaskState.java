package io.tournant.core.task;

import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.Termination;
import io.tournant.core.spi.CancelMode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The word that holds where a task stands, its legal transitions, and who waits for them. */
abstract class TaskState<T extends @Nullable Object> {
    /*
     * Overview   One reference holds phase and outcome, so that a transition and what it carries are one CAS (but for
     *            toReady, before anybody else has the task). The first thread that waits for the outcome costs nothing:
     *            it is what stands in waiting. Everybody else waits for, or hangs code on, a CompletableFuture.
     *
     * States     CREATED   -> READY      toReady      accepted by an executor
     *            READY     -> RUNNING    toRunning    a thread or a worker takes it
     *            READY     -> outcome    toNeverRun   cancelled, past its deadline, withdrawn or impossible to place
     *            READY     -> PAUSING    toAgain      impossible to place, and tried again
     *            PAUSING   -> READY      toResumed    the pause is over
     *            PAUSING   -> outcome    toNeverRun   cancelled or past its deadline meanwhile
     *            RUNNING   -> RUNNING    toRunning    what was to execute it died before it began to
     *            RUNNING   -> outcome    toOutcome    the work ended by itself
     *            RUNNING   -> PAUSING    toAgain      the attempt failed, and another follows
     *            RUNNING   -> Ending     toEnding     cancelled or out of time: outcome known, work still going
     *            RUNNING   -> Expiring   toExpiring   the attempt is out of time; another follows when its work is gone
     *            Expiring  -> PAUSING    toNext       its work has ended
     *            Expiring  -> Ending     toEnding     cancelled or past its deadline meanwhile
     *            Expiring  -> Abandoned  toAbandoned  its work does not end: no attempt follows
     *            Ending    -> Ending     toStopping   its executor stops, and the work was left alone until now
     *            Ending    -> outcome    toGone       the work has ended as well
     *            Ending    -> Abandoned  toAbandoned  the work does not end, and was given up
     *            Abandoned -> Released   toReleased   it ended after all, or its executor waits no longer
     *            To users PAUSING is READY, Expiring is RUNNING, and all from Ending on is TERMINATED.
     *
     *            of waiting:
     *            null      -> a thread  register     it is the only one that waits, and parks
     *            a thread  -> null      leave        it has the outcome, or waits no longer
     *            null      -> a future  settled      what hangs on it may be more than a thread
     *            a thread  -> a future  settled      the thread is woken, and waits for the future as well
     *
     * Fields     field   | read by  | written by                        | edge
     *            state   | anyone   | the transitions, by CAS; toReady, | OUTCOME
     *                    |          | before anyone else has the task   |
     *            waiting | anyone   | whoever waits for the outcome     | SETTLED
     *            annex   | anyone   | constructor, or first to need one | GONE
     *            gone    | anyone   | first waiter for the termination; | GONE
     *                    |          | stands in the annex               |
     *            last    | anyone   | whoever begins an attempt, or     | OUTCOME: read only when an outcome is the
     *                    |          | ends a task between two, after    | state, whose CAS the writer made or precedes
     *                    |          | its CAS                           |
     *
     * Edges
     *            OUTCOME  what precedes a transition: CAS on state (toReady: release) -> whoever reads the new state: acquire
     *            SETTLED  finisher: CAS on state, then waiting volatile >< waiter: CAS on waiting, then state
     *                     volatile. One of the two sees the other, so the thread is woken or the future completed. And:
     *                     CAS on waiting from the thread to a future, then unpark -> the thread sees that it no longer
     *                     stands there. It parks only after it has seen both that it does and that there is no outcome.
     *            GONE     the same between the transition that ends the work and the first waiter for that, by way of the
     *                     annex, which is there before the future is
     *
     * Accepted   both may see each other and complete the future twice: the second has no effect. A thread may be woken
     *            once more when it has left already: whatever it parks for next looks whether it came.
     */
    private static final VarHandle STATE;
    private static final VarHandle WAITING;
    private static final VarHandle ANNEX;
    private static final VarHandle GONE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(TaskState.class, "state", Object.class);
            WAITING = lookup.findVarHandle(TaskState.class, "waiting", Object.class);
            ANNEX = lookup.findVarHandle(TaskState.class, "annex", Annex.class);
            GONE = lookup.findVarHandle(Annex.class, "gone", CompletableFuture.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The state of a task whose work did not end when it was told to; held while that is still counted. */
    private record Abandoned<T extends @Nullable Object>(Attempt work, TaskOutcome<T> outcome, boolean held) {}

    /** No limit to a wait. */
    static final long FOREVER = Long.MAX_VALUE;

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through STATE
    private Object state = Attempt.CREATED;

    @SuppressWarnings("unused") // through WAITING
    private @Nullable Object waiting; // a thread, or a future of the outcome

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through ANNEX
    private @Nullable Annex annex;

    private @Nullable Attempt last;

    /** Makes a task with what it needs beyond the usual. */
    TaskState(@Nullable Annex annex) {
        this.annex = annex;
    }

    /** Returns the annex if there is one. */
    final @Nullable Annex annexOrNull() {
        return (Annex) ANNEX.getVolatile(this); // GONE
    }

    /** Returns the annex, made now if there is none. */
    final Annex annex() {
        Annex present = annexOrNull();
        if (present == null) {
            ANNEX.compareAndSet(this, null, new Annex(null, null)); // GONE
            present = Objects.requireNonNull(annexOrNull());
        }
        return present;
    }

    /** Makes the task eligible to run. */
    final void toReady(int attempt) {
        if (!Objects.equals(state, Attempt.CREATED)) { // plain: nobody else has the task yet
            throw new IllegalStateException("A task is accepted once: state=" + stateAcquire()); // OUTCOME
        }
        STATE.setRelease(this, (Object) Attempt.ready(attempt)); // OUTCOME
    }

    /** Returns true if the caller must now execute the task. */
    final boolean toRunning(Attempt ready, Attempt running) {
        boolean moved = (ready.mayBegin() || ready.isRunning()) && casState(ready, running); // OUTCOME
        if (moved) {
            last = running;
        }
        return moved;
    }

    /** Returns true if the task will now never run; the caller must settle it and account for its end. */
    final boolean toNeverRun(TaskOutcome<T> outcome) {
        Attempt now = attemptOrNull();
        if (now == null || !now.isReady() || !casState(now, outcome)) { // OUTCOME, SETTLED, GONE
            return false;
        }
        if (now.number() > 1) {
            last = now;
        }
        return true;
    }

    /** Returns true if the work's own end became the outcome; the caller must settle it and account for its end. */
    final boolean toOutcome(TaskOutcome<T> outcome) {
        Attempt now = attemptOrNull();
        return now != null && now.isRunning() && casState(now, outcome); // OUTCOME, SETTLED, GONE
    }

    /** Returns true if the caller must now keep the task for the next attempt. */
    final boolean toAgain(Attempt now) {
        return now.phase() != TaskPhase.CREATED
                && (now.mayBegin() || now.isRunning())
                && casState(now, Attempt.pausing(now.number() + 1)); // OUTCOME
    }

    /** Returns true if the caller must now have the task executed. */
    final boolean toResumed() {
        Attempt now = attemptOrNull();
        return now != null && now.isReady() && !now.mayBegin() && casState(now, Attempt.ready(now.number())); // OUTCOME
    }

    /** Returns non-null if the outcome is now known; the caller must deliver the interrupt and settle it. */
    final @Nullable Ending<T> toEnding(TaskOutcome<T> outcome, CancelMode mode) {
        Object now = stateAcquire(); // OUTCOME
        Ending<T> ending =
                switch (now) {
                    case Attempt work when work.isRunning() -> Ending.of(work, outcome, mode);
                    case Ending<?> expiring when !expiring.isFinal() -> Ending.instead(expiring, outcome);
                    default -> null;
                };
        return ending != null && casState(now, ending) ? ending : null; // OUTCOME, SETTLED
    }

    /** As the other, for a limit of one attempt. */
    final @Nullable Ending<T> toEnding(int attempt, TaskOutcome<T> outcome, CancelMode mode) {
        Attempt work = runningOrNull(attempt);
        if (work == null) {
            return null;
        }
        Ending<T> ending = Ending.of(work, outcome, mode);
        return casState(work, ending) ? ending : null; // OUTCOME, SETTLED
    }

    private @Nullable Attempt runningOrNull(int attempt) {
        Attempt now = attemptOrNull();
        return now != null && now.isRunning() && now.number() == attempt ? now : null;
    }

    /** Returns non-null if this attempt's work is now to be ended; the caller must deliver the interrupt. */
    final @Nullable Ending<T> toExpiring(int attempt, TaskOutcome<T> outcome, Duration pause) {
        Attempt work = runningOrNull(attempt);
        if (work == null) {
            return null;
        }
        Ending<T> ending = Ending.ofAttempt(work, outcome, pause);
        return casState(work, ending) ? ending : null; // OUTCOME
    }

    /** Returns true if the caller must now keep the task for the next attempt. */
    final boolean toNext(Ending<T> expiring) {
        return !expiring.isFinal()
                && casState(expiring, Attempt.pausing(expiring.work().number() + 1)); // OUTCOME
    }

    /** Returns non-null if the caller must now deliver the interrupt that the ending left out. */
    final @Nullable Ending<T> toStopping(Ending<T> ending) {
        if (ending.mode() == CancelMode.INTERRUPT) {
            return null;
        }
        Ending<T> stopping = Ending.of(ending.work(), ending.outcome(), CancelMode.INTERRUPT);
        return casState(ending, stopping) ? stopping : null; // OUTCOME
    }

    /** Returns true if the caller must account for the end of the work. */
    final boolean toGone(Ending<T> ending) {
        return ending.isFinal() && casState(ending, ending.outcome()); // OUTCOME, GONE
    }

    /** Returns true if the caller must say that the work was given up, and settle the task if it was expiring. */
    final boolean toAbandoned(Ending<T> ending) {
        return casState(ending, new Abandoned<>(ending.work(), ending.outcome(), true)); // OUTCOME, SETTLED, GONE
    }

    /** Returns true if the caller must account for the end of work that was given up. */
    final boolean toReleased() {
        return stateAcquire() instanceof Abandoned<?> abandoned // OUTCOME
                && abandoned.held()
                && casState(abandoned, new Abandoned<>(abandoned.work(), abandoned.outcome(), false)); // OUTCOME
    }

    /** Wakes those who wait for the outcome. Called after the transition that made it known. */
    final void settle(TaskOutcome<T> outcome) {
        switch (waitingVolatile()) { // SETTLED
            case null -> {}
            case Thread thread -> LockSupport.unpark(thread);
            case Object future -> complete(asFuture(future), outcome);
        }
    }

    /** Returns the thread or the future that waits for the outcome, or null if there is none. */
    final @Nullable Object waiting() {
        return waitingVolatile(); // SETTLED
    }

    /** Wakes those who wait for the termination. Called after the transition that ended the work. */
    final void terminate(boolean abandoned) {
        Annex present = annexOrNull();
        CompletableFuture<Termination> waiting = present == null ? null : goneVolatile(present); // GONE
        if (waiting != null) {
            complete(waiting, new Termination(abandoned));
        }
    }

    /** Completes a future, which runs what users hung on it. */
    abstract <V> void complete(CompletableFuture<V> future, V value);

    /** Returns the future of the outcome, which no user may get hold of. */
    final CompletableFuture<TaskOutcome<T>> settled() {
        CompletableFuture<TaskOutcome<T>> future = futureInWaiting();
        TaskOutcome<T> outcome = outcomeOf(stateVolatile()); // SETTLED
        if (outcome != null) {
            future.complete(outcome);
        }
        return future;
    }

    private CompletableFuture<TaskOutcome<T>> futureInWaiting() {
        CompletableFuture<TaskOutcome<T>> fresh = new CompletableFuture<>();
        while (true) {
            Object present = waitingVolatile(); // SETTLED
            if (present != null && !(present instanceof Thread)) {
                return asFuture(present);
            }
            if (casWaiting(present, fresh)) { // SETTLED
                if (present instanceof Thread displaced) {
                    LockSupport.unpark(displaced);
                }
                return fresh;
            }
        }
    }

    /** Waits for the outcome, at most that many nanoseconds. Returns null if they are over first. */
    final @Nullable TaskOutcome<T> await(long nanos) throws InterruptedException {
        long end = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
        Thread self = Thread.currentThread();
        boolean registered = !(self instanceof ForkJoinWorkerThread) && casWaiting(null, self); // SETTLED
        try {
            while (registered && self.equals(waitingVolatile())) { // SETTLED
                TaskOutcome<T> outcome = outcomeOf(stateVolatile()); // SETTLED
                if (outcome != null) {
                    return outcome;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (nanos == FOREVER) {
                    LockSupport.park(this);
                } else if (end - System.nanoTime() > 0) {
                    LockSupport.parkNanos(this, end - System.nanoTime());
                } else {
                    return null;
                }
            }
        } finally {
            if (registered) {
                casWaiting(self, null); // SETTLED
            }
        }
        return awaitFuture(nanos == FOREVER ? FOREVER : end - System.nanoTime());
    }

    /** As the other, for a thread that is not the only one; or of a ForkJoinPool, to which the future tells that it waits. */
    private @Nullable TaskOutcome<T> awaitFuture(long nanos) throws InterruptedException {
        try {
            return nanos == FOREVER ? settled().get() : settled().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new AssertionError("The future of the outcome never fails", e);
        }
    }

    /** Returns the future of the termination, which no user may get hold of. */
    final CompletableFuture<Termination> gone() {
        Annex present = annex();
        CompletableFuture<Termination> future = goneVolatile(present); // GONE
        if (future == null) {
            GONE.compareAndSet(present, null, new CompletableFuture<>()); // GONE
            future = Objects.requireNonNull(goneVolatile(present)); // GONE
        }
        Object now = stateVolatile(); // GONE
        if (now instanceof TaskOutcome || now instanceof Abandoned) {
            future.complete(new Termination(now instanceof Abandoned));
        }
        return future;
    }

    /** Returns where the task stands. */
    public final TaskPhase phase() {
        return switch (stateAcquire()) { // OUTCOME
            case Attempt now -> now.phase();
            case Ending<?> ending when !ending.isFinal() -> TaskPhase.RUNNING;
            default -> TaskPhase.TERMINATED;
        };
    }

    /** Returns which attempt the task is in, or ended in. */
    public final int attempt() {
        Attempt latest = latest();
        return latest == null ? 1 : Math.max(1, latest.number());
    }

    /** Returns the attempt that the task is in or ended in; null if it ended before it began. */
    final @Nullable Attempt latest() {
        return switch (stateAcquire()) { // OUTCOME
            case Attempt now -> now;
            case Ending<?> ending -> ending.work();
            case Abandoned<?> abandoned -> abandoned.work();
            default -> last;
        };
    }

    /** Returns the attempt that waits or runs, or null if there is none. */
    final @Nullable Attempt attemptOrNull() {
        return stateAcquire() instanceof Attempt now ? now : null; // OUTCOME
    }

    /** Returns the outcome, or null before it is known. */
    final @Nullable TaskOutcome<T> knownOutcome() {
        return outcomeOf(stateAcquire()); // OUTCOME
    }

    /** Returns the state between an imposed end and the end of the work, or null if the task is not in it. */
    @SuppressWarnings("unchecked") // only an Ending<T> is ever stored
    final @Nullable Ending<T> ending() {
        return stateAcquire() instanceof Ending<?> ending ? (Ending<T>) ending : null; // OUTCOME
    }

    /** Returns whether the work was given up and is still counted. */
    final boolean isHeld() {
        return stateAcquire() instanceof Abandoned<?> abandoned && abandoned.held(); // OUTCOME
    }

    /** Returns whether the work was given up. */
    public final boolean isAbandoned() {
        return stateAcquire() instanceof Abandoned; // OUTCOME
    }

    @SuppressWarnings("unchecked") // only outcomes of T are ever stored
    private static <T extends @Nullable Object> @Nullable TaskOutcome<T> outcomeOf(Object state) {
        return switch (state) {
            case TaskOutcome<?> outcome -> (TaskOutcome<T>) outcome;
            case Ending<?> ending when ending.isFinal() -> (TaskOutcome<T>) ending.outcome();
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

    @SuppressWarnings("unchecked") // the only future that is ever stored
    private CompletableFuture<TaskOutcome<T>> asFuture(Object waiting) {
        return (CompletableFuture<TaskOutcome<T>>) waiting;
    }

    private @Nullable Object waitingVolatile() {
        return WAITING.getVolatile(this); // SETTLED
    }

    private boolean casWaiting(@Nullable Object expected, @Nullable Object next) {
        return WAITING.compareAndSet(this, expected, next); // SETTLED
    }

    @SuppressWarnings("unchecked") // the type of the field
    private static @Nullable CompletableFuture<Termination> goneVolatile(Annex annex) {
        return (CompletableFuture<Termination>) GONE.getVolatile(annex); // GONE
    }
}
