package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.Termination;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the submitter reads from the state of a task, and waits for. */
abstract class HandleView<T extends @Nullable Object> extends TaskState<T> implements TaskHandle<T> {
    /*
     * Overview   Everything here reads. A failure that nobody reads is logged when the handle is unreachable.
     * Fields     field  | written by                                        | edge
     *            unseen | whoever ends the task in a failure, from null;    | SEEN
     *                   | whoever looks at that, to SEEN_BY_SOMEBODY         |
     * Edges
     *            SEEN  one word, changed by read-modify-write: either the failure is noted before somebody looks, who
     *                  then drops the note, or it is not noted at all
     */
    private static final VarHandle UNSEEN;

    static {
        try {
            UnseenFailure.load();
            UNSEEN = MethodHandles.lookup().findVarHandle(Annex.class, "unseen", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final Object SEEN_BY_SOMEBODY = new Object();

    HandleView(@Nullable Annex annex) {
        super(annex);
    }

    /** Notes a failure that nobody has looked at yet. Called after the outcome is known. */
    public final void noteFailure(Throwable cause) {
        Annex annex = annex();
        if (UNSEEN.getAcquire(annex) == null) { // SEEN
            UnseenFailure note = new UnseenFailure(this, name(), cause);
            if (!UNSEEN.compareAndSet(annex, null, note)) { // SEEN
                note.seen();
            }
        }
    }

    /** Returns whether a failure is noted that nobody has looked at. */
    final boolean isNoted() {
        return UNSEEN.getAcquire(annex()) instanceof UnseenFailure; // SEEN
    }

    /** Somebody knows how the task ended, or will be told. */
    public final void markSeen() {
        Annex annex = annex();
        if (!SEEN_BY_SOMEBODY.equals(UNSEEN.getAcquire(annex)) // SEEN
                && UNSEEN.getAndSet(annex, SEEN_BY_SOMEBODY) instanceof UnseenFailure note) { // SEEN
            note.seen();
        }
    }

    private @Nullable TaskOutcome<T> seenOutcome() {
        TaskOutcome<T> outcome = knownOutcome();
        if (outcome != null && !(outcome instanceof TaskOutcome.Succeeded)) {
            markSeen();
        }
        return outcome;
    }

    @Override
    public final Optional<TaskOutcome<T>> outcome() {
        return Optional.ofNullable(seenOutcome());
    }

    @Override
    public final boolean isDone() {
        return knownOutcome() != null;
    }

    @Override
    public final boolean isCancelled() {
        return knownOutcome() instanceof TaskOutcome.Cancelled;
    }

    @Override
    public final State state() {
        return switch (seenOutcome()) {
            case null -> State.RUNNING;
            case TaskOutcome.Succeeded<T> succeeded -> State.SUCCESS;
            case TaskOutcome.Cancelled<T> cancelled -> State.CANCELLED;
            case TaskOutcome.Failed<T> failed -> State.FAILED;
            case TaskOutcome.TimedOut<T> timedOut -> State.FAILED;
            case TaskOutcome.Lost<T> lost -> State.FAILED;
        };
    }

    /** Executes the task on the calling thread if that is better than waiting for it. */
    abstract void help() throws InterruptedException;

    @Override
    public final T get() throws InterruptedException, ExecutionException {
        TaskOutcome<T> outcome = knownOutcome();
        if (outcome == null) {
            help();
            outcome = awaitForever();
        }
        return report(outcome);
    }

    @Override
    public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        TaskOutcome<T> known = knownOutcome();
        TaskOutcome<T> outcome = known != null ? known : await(Math.clamp(unit.toNanos(timeout), 0, FOREVER - 1));
        if (outcome == null) {
            throw new TimeoutException("The task has no outcome yet: task=" + name() + " waited=" + timeout + " "
                    + unit.name().toLowerCase(Locale.ROOT));
        }
        return report(outcome);
    }

    /** Waits at most that long for the outcome. An interrupt does not end the wait, and stays set. */
    public final boolean isEndedWithin(Duration time) {
        long endNanos = System.nanoTime() + TimeUnit.NANOSECONDS.convert(time);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return awaitOutcome(endNanos - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the outcome and does not look at it. */
    public final void awaitOutcome() throws InterruptedException {
        if (knownOutcome() == null) {
            help();
            TaskOutcome<T> _ = awaitForever();
        }
    }

    /** As the other, at most for a time. Returns false if that was over first. */
    public final boolean awaitOutcome(long nanos) throws InterruptedException {
        return knownOutcome() != null || await(nanos) != null;
    }

    private TaskOutcome<T> awaitForever() throws InterruptedException {
        return Objects.requireNonNull(await(FOREVER), "A wait without a limit ends with the outcome");
    }

    private T report(TaskOutcome<T> outcome) throws ExecutionException {
        if (outcome instanceof TaskOutcome.Succeeded<T> succeeded) {
            return succeeded.value();
        }
        markSeen();
        throw executionException(outcome.failure()
                .orElseThrow(() -> new CancellationException("The task was cancelled: task=" + name())));
    }

    private static ExecutionException executionException(Throwable cause) {
        try {
            return new ExecutionException(cause);
        } catch (RuntimeException | Error e) { // its toString is the user's code
            return new ExecutionException(cause.getClass().getName(), cause);
        }
    }

    @Override
    public final T resultNow() {
        if (seenOutcome() instanceof TaskOutcome.Succeeded<T> succeeded) {
            return succeeded.value();
        }
        throw new IllegalStateException("The task has no result: task=" + name() + " state=" + state());
    }

    @Override
    public final Throwable exceptionNow() {
        return outcome()
                .flatMap(TaskOutcome::failure)
                .orElseThrow(() ->
                        new IllegalStateException("The task has no exception: task=" + name() + " state=" + state()));
    }

    @Override
    public final CompletableFuture<T> toCompletableFuture() {
        markSeen();
        TaskFuture<T> view = new TaskFuture<>(this);
        CompletableFuture<Void> _ = settled().thenAccept(view::end);
        return view;
    }

    @Override
    public final CompletionStage<Termination> termination() {
        return gone().minimalCompletionStage();
    }

    @Override
    public final Optional<Placement> placement() {
        Attempt latest = latest();
        return latest == null ? Optional.empty() : Optional.ofNullable(latest.placement());
    }

    @Override
    public String toString() {
        return name() + "[" + phase() + "]";
    }
}
