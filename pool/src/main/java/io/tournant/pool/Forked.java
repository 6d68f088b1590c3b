package io.tournant.pool;

import io.tournant.pool.deque.WorkDeque;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a computation that splits itself into parts: a task that forks others on a {@link WorkStealingPool} and
 * joins them. Extend {@link ForkTask} if it has a result and {@link ForkAction} if it has none.
 *
 * <p>{@link #fork} makes the task available to the workers of the pool, and {@link #join} returns when it is done. As a
 * rule nobody has taken it by then, and the join runs it like a method; else the joining worker helps with the parts of
 * the task that it waits for. A task is forked once, in a task of the pool; best joined by who forked it, the last one
 * first.
 *
 * {@snippet class=io.tournant.examples.forkjoin.DirectorySize region=forkJoin}
 *
 * <p><b>Life cycle.</b> New, then done for good: with a result, with an exception, or cancelled. A task that is to be
 * computed again is made anew.
 *
 * <p><b>Errors.</b> What the computation throws is thrown by {@code join} and {@code invoke}, the same object.
 *
 * <p><b>Cancellation.</b> {@link #cancel} ends a task that has not begun, and the wait of others for one that has; the
 * computation itself is not interrupted. Tasks forked by it are not cancelled.
 *
 * <p><b>Thread safety.</b> {@code fork} belongs to tasks of the pool; everything else may be called by anybody.
 *
 * <p><b>Memory consistency effects.</b> What a thread does before it forks or submits the task happens before the
 * computation; the computation happens before whatever follows {@code join}, {@code get} or an {@code isDone} that
 * returns true.
 *
 * @param <V> the type of the result
 */
@SuppressWarnings({"ReferenceEquality", "FutureReturnValueIgnored"}) // of marks and waiters; of a fork, which is itself
public abstract sealed class Forked<V extends @Nullable Object> implements RunnableFuture<V>
        permits ForkTask, ForkAction {
    /*
     * Overview   A task that nobody steals costs its forker no locked instruction but the one with which it leaves the
     *            deque: its end is a release store. Whoever else ran it announces the end to others by CAS.
     *
     * States     status  NEW -> RETURNED, THREW   by who ran it, after its result
     *            aux     null, Waiter -> Waiter   await: one more waits
     *                    null, Waiter -> DONE     settle: the end stands, no cancellation can come any more
     *                    null, Waiter -> Thrown   the computation threw
     *                    null, Waiter -> CANCELLED
     *            The task is cancelled if aux is CANCELLED, whatever the status; else it is done when the status says so.
     *
     * Fields     status  the runner writes, once  | others read        | DONE
     *            aux     everybody, by CAS        |                    | SETTLED
     *            place   the forker writes, then a thief | others read, opaque | a hint: where it may be found
     *
     * Edges      DONE     runner: result, then status release -> others: status acquire, then result
     *            SETTLED  CAS of aux by the runner or the first who looks >< CAS of aux by a canceller or a waiter: one of
     *                     them decides, and who waits is either woken or sees that it is over
     *
     * Accepted   A cancellation from elsewhere, just while its forker runs the task that nobody has stolen: the forker
     *            uses the result, and everybody else finds the task cancelled.
     *            A foreign waiter is not seen by a forker that ends an unstolen task just then, without a fence: it looks
     *            again by itself, after an eighth of the time that it has waited, at least a millisecond.
     */
    private static final int NEW = 0;
    private static final int RETURNED = 1;
    private static final int THREW = 2;

    private static final Object DONE = new Object();
    private static final Object CANCELLED = new Object();

    private static final VarHandle STATUS;
    private static final VarHandle AUX;
    private static final VarHandle PLACE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATUS = lookup.findVarHandle(Forked.class, "status", int.class).withInvokeExactBehavior();
            AUX = lookup.findVarHandle(Forked.class, "aux", Object.class).withInvokeExactBehavior();
            PLACE = lookup.findVarHandle(Forked.class, "place", int.class).withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private record Thrown(Throwable cause) {}

    @SuppressWarnings("unused") // through STATUS
    private int status;

    @SuppressWarnings("unused") // through AUX
    private @Nullable Object aux;

    @SuppressWarnings("unused") // through PLACE
    private int place;

    Forked() {}

    /** Computes and keeps the result. */
    abstract void exec();

    /** Returns what {@link #exec} has kept. */
    abstract V result();

    /**
     * Makes this task available to the workers of the pool in whose task the caller is. Does not block. The task runs
     * when another worker takes it, or when it is joined, at the latest.
     *
     * @return this task
     * @throws IllegalStateException if the caller is not a task of a pool
     * @throws java.util.concurrent.RejectedExecutionException if the worker has no room for any more tasks
     */
    public final Forked<V> fork() {
        WorkerThread thread = WorkerThread.current();
        if (thread == null) {
            throw outside("fork");
        }
        pushTo(thread.deque());
        thread.worker().signalFork();
        return this;
    }

    /** Puts this task into the deque of the calling worker. */
    void pushTo(WorkDeque deque) {
        place = deque.nextPosition(); // plain: the push that follows publishes it
        deque.push(this);
    }

    /**
     * Returns the result when the task is done. Runs it if nobody has begun, helps with its parts if somebody has, and
     * blocks if nothing is left to do. An interruption does not end the wait; it is seen again afterwards.
     *
     * @return the result, null for an action
     * @throws CancellationException if the task was cancelled
     */
    public final V join() {
        if (statusAcquire() == NEW) { // DONE
            WorkerThread thread = WorkerThread.current();
            if (thread != null && thread.deque().popIf(this)) {
                runUnstolen();
                return outcome();
            }
            awaitDone(thread);
        }
        return report();
    }

    /**
     * Runs this task now, in the calling task of a pool, which need not have forked it, and returns its result.
     *
     * @return the result, null for an action
     * @throws CancellationException if the task was cancelled
     * @throws IllegalStateException if the caller is not a task of a pool
     */
    public final V invoke() {
        WorkerThread thread = WorkerThread.current();
        if (thread == null) {
            throw outside("invoke");
        }
        if (isDone()) {
            return report();
        }
        runUnstolen();
        return outcome();
    }

    /**
     * Runs two tasks, side by side if a worker is free, and returns when both are done. If one throws, so does this
     * method, without waiting for the other, which is cancelled.
     *
     * @param first a task that is not forked yet
     * @param second another
     * @throws CancellationException if one of them was cancelled
     * @throws IllegalStateException if the caller is not a task of a pool
     */
    public static void invokeAll(Forked<?> first, Forked<?> second) {
        second.fork();
        try {
            first.invoke();
            second.join();
        } catch (Throwable failure) {
            second.cancel(false);
            throw failure;
        }
    }

    /**
     * Runs tasks, side by side if workers are free, and returns when all are done. If one throws, so does this method,
     * without waiting for the others, which are cancelled.
     *
     * @param tasks tasks that are not forked yet
     * @throws CancellationException if one of them was cancelled
     * @throws IllegalStateException if the caller is not a task of a pool
     */
    public static void invokeAll(Forked<?>... tasks) {
        invokeAll(List.of(tasks));
    }

    /**
     * Runs tasks, side by side if workers are free, and returns when all are done. If one throws, so does this method,
     * without waiting for the others, which are cancelled.
     *
     * @param tasks tasks that are not forked yet
     * @param <T> the type of the tasks
     * @return the tasks
     * @throws CancellationException if one of them was cancelled
     * @throws IllegalStateException if the caller is not a task of a pool
     */
    public static <T extends Forked<?>> Collection<T> invokeAll(Collection<T> tasks) {
        List<T> list = List.copyOf(tasks);
        try {
            for (int i = list.size() - 1; i > 0; i--) { // so that the second is joined first, and popped
                list.get(i).fork();
            }
            for (int i = 0; i < list.size(); i++) {
                if (i == 0) {
                    list.getFirst().invoke();
                } else {
                    list.get(i).join();
                }
            }
        } catch (Throwable failure) {
            list.forEach(task -> task.cancel(false));
            throw failure;
        }
        return tasks;
    }

    /**
     * Takes this task back if the calling worker has forked it last and nobody has taken it. Does not block.
     *
     * @return whether the task will not be run because of its fork
     */
    public final boolean tryUnfork() {
        WorkerThread thread = WorkerThread.current();
        return thread != null && thread.deque().popIf(this);
    }

    /**
     * Counts the tasks that wait in the deque of the calling worker: where there are more than a few, others have enough
     * to steal, and a computation may go on without forking.
     *
     * @return about how many there are; 0 if the caller is not a task of a pool
     */
    public static int queuedTaskCount() {
        WorkerThread thread = WorkerThread.current();
        return thread == null ? 0 : thread.deque().size();
    }

    private static IllegalStateException outside(String method) {
        return new IllegalStateException("Only a task of a WorkStealingPool can " + method + " another. thread="
                + Thread.currentThread().getName() + ". Give this one to a pool: with its invoke, submit or execute.");
    }

    /** Runs this task if it is not done: for whoever took it from a queue. What it throws is kept. */
    @Override
    public final void run() {
        if (isDone()) {
            return;
        }
        try {
            exec();
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        settle(DONE);
        setStatusRelease(RETURNED); // DONE
    }

    /** Runs this task for the worker that has just taken it from its own deque: no other can have it. */
    void runUnstolen() {
        if (auxAcquire() == CANCELLED) { // SETTLED
            return;
        }
        try {
            exec();
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        setStatusRelease(RETURNED); // DONE
        if (auxAcquire() != null) { // SETTLED: without a fence, see Accepted
            settle(DONE);
        }
    }

    private void fail(Throwable failure) {
        settle(new Thrown(failure));
        setStatusRelease(THREW); // DONE
    }

    /** Makes this the end unless there is one already, and wakes who waits. Returns whether it was. */
    private boolean settle(Object end) {
        Object seen = auxAcquire(); // SETTLED
        while (seen == null || seen instanceof Waiter) {
            Object found = exchangeAux(seen, end); // SETTLED
            if (found == seen) {
                Waiter.wakeAll(seen);
                return true;
            }
            seen = found;
        }
        return false;
    }

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        return !isDone() && settle(CANCELLED);
    }

    @Override
    public final boolean isCancelled() {
        return auxAcquire() == CANCELLED; // SETTLED
    }

    @Override
    public final boolean isDone() {
        return statusAcquire() != NEW || isSettled(auxAcquire()); // DONE, SETTLED
    }

    private static boolean isSettled(@Nullable Object aux) {
        return aux != null && !(aux instanceof Waiter);
    }

    /** Returns the result to who has just run the task; what anybody else sees is settled first, see report. */
    private V outcome() {
        return auxAcquire() == null ? result() : report(); // SETTLED
    }

    private V report() {
        Object end = settledEnd();
        if (end == CANCELLED) {
            throw new CancellationException(
                    "The task was cancelled. task=" + getClass().getName());
        }
        if (end instanceof Thrown thrown) {
            throw sneaky(thrown.cause());
        }
        return result();
    }

    private Object settledEnd() {
        settle(DONE);
        return Objects.requireNonNull(auxAcquire()); // SETTLED
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what compute throws without declaring it
    private static <X extends Throwable> RuntimeException sneaky(Throwable cause) throws X {
        throw (X) cause;
    }

    private void awaitDone(@Nullable WorkerThread thread) {
        if (thread != null) {
            thread.worker().joiner().join(this);
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                await(Waiter.FOR_EVER);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Blocks until the task is done or the time is over. Returns whether it is done. */
    boolean await(long timeoutNanos) throws InterruptedException {
        Waiter waiter = new Waiter();
        return !enlist(waiter) || awaitAs(waiter, timeoutNanos);
    }

    /** Has the thread of the waiter woken at the end. Returns false if the task is done. */
    boolean enlist(Waiter waiter) {
        while (!isDone()) {
            Object seen = auxAcquire(); // SETTLED
            if (!isSettled(seen)) {
                waiter.next = (Waiter) seen;
                if (exchangeAux(seen, waiter) == seen) { // SETTLED
                    return true;
                }
            }
        }
        return false;
    }

    private boolean awaitAs(Waiter waiter, long timeoutNanos) throws InterruptedException {
        try {
            return waiter.await(this::isDone, timeoutNanos);
        } finally {
            if (waiter.gaveUp()) {
                exchangeAux(waiter, waiter.next); // SETTLED: polling leaves nothing behind; below others it stays
            }
        }
    }

    @Override
    public final V get() throws InterruptedException, ExecutionException {
        if (!isDone()) {
            WorkerThread thread = WorkerThread.current();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (thread != null) {
                thread.worker().joiner().joinInterruptibly(this);
            } else {
                await(Waiter.FOR_EVER);
            }
        }
        return resultOrWrapped();
    }

    @Override
    public final V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!isDone() && !awaitInTime(unit.toNanos(timeout))) {
            throw new TimeoutException("The task is not done. timeout=" + timeout + " " + unit + " task="
                    + getClass().getName());
        }
        return resultOrWrapped();
    }

    private boolean awaitInTime(long timeoutNanos) throws InterruptedException {
        WorkerThread thread = WorkerThread.current();
        return thread == null ? await(timeoutNanos) : thread.worker().joiner().block(this, timeoutNanos);
    }

    private V resultOrWrapped() throws ExecutionException {
        if (settledEnd() instanceof Thrown thrown) {
            throw new ExecutionException(thrown.cause());
        }
        return report();
    }

    /** Tells who may know where this task is: a position in the deque of its forker, or the complement of a thief's place. */
    int place() {
        return (int) PLACE.getOpaque(this); // opaque: a hint, the deque decides
    }

    /** Notes who has stolen this task, for those who join it. */
    void onStolenAt(int thief) {
        PLACE.setOpaque(this, ~thief); // opaque: a hint
    }

    private int statusAcquire() {
        return (int) STATUS.getAcquire(this); // DONE
    }

    private void setStatusRelease(int end) {
        STATUS.setRelease(this, end); // DONE
    }

    private @Nullable Object auxAcquire() {
        return AUX.getAcquire(this); // SETTLED
    }

    private @Nullable Object exchangeAux(@Nullable Object expected, @Nullable Object next) {
        return AUX.compareAndExchange(this, expected, next); // SETTLED
    }
}
