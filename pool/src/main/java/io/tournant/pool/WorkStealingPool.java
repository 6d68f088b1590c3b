package io.tournant.pool;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.RejectionPolicy;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.pool.injection.Injector;
import io.tournant.pool.parking.Parking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ExecutorService} with a fixed number of workers, each with a deque of its own, that take work from each
 * other.
 *
 * <p>A task submitted by a task of this pool goes to the deque of the worker that runs it, and is usually run by this
 * worker next; workers without tasks steal the oldest. A task submitted by any other thread is run in turn with those:
 * neither kind starves the other, even if tasks resubmit themselves for ever. No order is promised between tasks.
 *
 * <p><b>Life cycle.</b> The pool is open when it has been built. Threads are started when there is work for them. The
 * pool ends with {@link #close}, {@link #shutdown} or {@link #shutdownNow}; one that is never ended keeps its threads,
 * and unless they are {@linkplain Builder#daemon daemons} they keep the virtual machine alive.
 *
 * <p><b>Cancellation.</b> Cancelling a future of this pool with {@code true} interrupts its task. An interrupt that
 * arrives when the task has ended is not seen by the next one.
 *
 * <p><b>Blocking.</b> A task that waits for another of this pool, by {@link Forked#join} or a {@code get} without a time
 * limit, runs it if nobody has begun. One that blocks otherwise should do so in {@link #blocking}; in either case, or when the pool notices by itself
 * that a worker is blocked, a spare worker takes its place as long as tasks are waiting.
 *
 * <p><b>Errors.</b> What a task given to {@link #execute} throws goes to the uncaught exception handler, and the worker
 * goes on. If a worker thread cannot be started, the other workers do its work, and starting it is tried again for
 * later tasks.
 *
 * <p><b>Thread safety.</b> All methods may be called by any thread, tasks of this pool included. A task that waits here
 * for the pool's end waits for itself.
 *
 * <p><b>Memory consistency effects.</b> What a thread does before it submits a task happens before the task runs; what
 * the task does happens before {@link java.util.concurrent.Future#get() get} returns its result. What tasks do happens
 * before {@link #awaitTermination} returns true.
 *
 * @apiNote Computations that split themselves extend {@link ForkTask} or {@link ForkAction}.
 */
public final class WorkStealingPool extends AbstractExecutorService {

    private final String name;
    private final PoolState state = new PoolState.Apart();
    private final Injector injector;
    private final Workers workers;
    private final Leftovers leftovers;
    private final @Nullable Bound bound;

    @SuppressWarnings(
            "ThisEscape") // to management clients, who see it when it is complete: the last thing that is done
    private WorkStealingPool(Builder builder, Consumer<Thread> starter) {
        name = builder.name == null ? Builder.nextName() : builder.name;
        injector = Injector.forThisMachine(TaskSource.BATCH);
        WorkerThreads threads = new WorkerThreads(name, builder.daemon, builder.handler, starter);
        bound = builder.bound();
        workers = new Workers(
                builder.parallelism,
                builder.spareLimit,
                TimeUnit.NANOSECONDS.convert(builder.keepAlive),
                injector,
                bound,
                state,
                threads);
        leftovers = workers.leftovers();
        if (builder.jmx) {
            showToManagementClients();
        }
    }

    private void showToManagementClients() {
        try {
            Runnable unregister = Management.register(this, name);
            var _ = state.terminated().thenRun(unregister);
        } catch (IllegalStateException e) {
            shutdown();
            throw e;
        } catch (LinkageError e) {
            shutdown();
            throw new IllegalStateException(
                    "A pool can be shown to management clients only where there is the module java.management. Add it, or"
                            + " leave out jmx. pool=" + name,
                    e);
        }
    }

    /**
     * Begins the description of a pool.
     *
     * @return a builder with all options at their defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a pool with all options at their defaults: as many workers as there are processors.
     *
     * @return the pool, which the caller should close
     * @throws OutOfMemoryError if no thread can be started
     */
    public static WorkStealingPool ofDefaults() {
        return builder().build();
    }

    /**
     * Gives a task to the pool. The object itself is queued, no wrapper of it. Does not block and is not interruptible,
     * unless the pool is {@linkplain Builder#queueCapacity bounded} and its policy is to wait for room.
     *
     * @param task what to run
     * @throws RejectedExecutionException if the pool is shut down, or bounded and full; the task will then not be run
     * @implNote Where tasks of this pool have submitted one task each and ended, again and again, the next such task wakes
     *     no other worker: should its submitter go on instead of ending, it may wait for some 15 milliseconds. A task that
     *     is submitted by a task while another one waits in the same deque may, once in a very long while, wait a quarter
     *     of a second for a worker that fell asleep at that very moment.
     */
    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (!state.isRunning()) {
            throw rejection(task);
        }
        Worker worker = currentWorker();
        if (worker != null) {
            worker.submit(task);
        } else if (hasRoomFor(task)) {
            injector.offer(task);
            workers.signal();
        } else {
            task.run();
            return;
        }
        if (!state.isRunning() && !admitLate(task, worker)) {
            throw rejection(task);
        }
    }

    private boolean hasRoomFor(Runnable task) {
        if (bound == null) {
            return true;
        }
        boolean room = bound.enter(task, this);
        if (!state.isRunning()) { // it was shut down during the wait
            throw rejection(task);
        }
        return room;
    }

    /**
     * Gives a computation that forks to the pool. Does not block and is not interruptible.
     *
     * @param task the computation, which is its own future
     * @param <T> the type of its result
     * @return the task
     * @throws RejectedExecutionException if the pool is shut down; the task will then not be run
     */
    public <T extends @Nullable Object> Forked<T> submit(Forked<T> task) {
        execute(task);
        return task;
    }

    /**
     * Runs a computation that forks, and returns its result. In a task of this pool the calling worker runs it at once;
     * any other thread blocks until a worker has run it, and an interruption does not end the wait.
     *
     * @param task the computation
     * @param <T> the type of its result
     * @return its result, null for an action
     * @throws java.util.concurrent.CancellationException if the task was cancelled, by {@link #shutdownNow} for instance
     * @throws RejectedExecutionException if the pool is shut down; the task will then not be run
     */
    public <T extends @Nullable Object> T invoke(Forked<T> task) {
        if (currentWorker() != null) {
            return task.invoke();
        }
        execute(task);
        return task.join();
    }

    /**
     * Makes a call that may block, and tells the pool so: if the calling thread is a worker and tasks are waiting, a spare
     * worker takes its place meanwhile. Where the caller is no worker, the call is simply made.
     *
     * @param call what may block
     * @param <T> the type of its result
     * @param <X> what it may throw
     * @return its result
     * @throws X what the call throws
     * @apiNote A worker that blocks without saying so is replaced as well, when the pool has noticed it, after some 15 to
     *     30 milliseconds.
     */
    public static <T extends @Nullable Object, X extends Exception> T blocking(BlockingCall<T, X> call) throws X {
        WorkerThread thread = WorkerThread.current();
        if (thread == null || !thread.worker().beginBlocking()) {
            return call.call();
        }
        try {
            return call.call();
        } finally {
            thread.worker().endBlocking();
        }
    }

    /**
     * A call that may block.
     *
     * @param <T> the type of its result
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface BlockingCall<T extends @Nullable Object, X extends Exception> {

        /**
         * Makes the call.
         *
         * @return its result
         * @throws X if it fails
         */
        T call() throws X;
    }

    /**
     * The pool was shut down while the task was submitted: either somebody will deal with it, or it must be taken back.
     */
    private boolean admitLate(Runnable task, @Nullable Worker worker) {
        if (worker != null) {
            return worker.deque().pop() == null;
        }
        return state.admitLate() || !leftovers.takeBack(task);
    }

    /** The worker of this pool whose thread is calling, if it is one. */
    @Nullable
    Worker currentWorker() {
        return Thread.currentThread() instanceof WorkerThread thread
                        && thread.worker().workers() == workers
                ? thread.worker()
                : null;
    }

    private RejectedExecutionException rejection(Runnable task) {
        return new RejectedExecutionException("The pool takes no more tasks. pool=" + name + " state=" + state.phase()
                + " task=" + task.getClass().getName()
                + ". Submit before the pool is shut down or closed, or use another one.");
    }

    /**
     * Refuses new tasks from now on; those accepted before are run, and what they fork, on all workers. Does not wait for
     * them. Does nothing if the pool is shut down already.
     */
    @Override
    public void shutdown() {
        if (state.toShutdown()) {
            letIn();
            workers.wakeAll();
        }
    }

    /**
     * Refuses new tasks from now on, interrupts the workers, and removes the tasks that none of them has started. Does
     * not wait for the tasks that run; one that ignores the interrupt goes on.
     *
     * <p>A task that a worker has just taken from its queue counts as started.
     *
     * @return the removed tasks: the objects given to {@link #execute}, or the futures that {@code submit} has
     *     returned, which stay incomplete unless the caller runs or cancels them; handles of {@link #asTaskExecutor()}
     *     fail with a {@link java.util.concurrent.CancellationException}
     */
    @Override
    public List<Runnable> shutdownNow() {
        boolean first = state.isRunning();
        if (state.toStop()) {
            if (first) {
                letIn();
            }
            workers.wakeAll();
            workers.threads().interruptAll();
        }
        List<Runnable> unstarted = new ArrayList<>();
        leftovers.drainTo(unstarted);
        unstarted.forEach(Leftovers::onRemoved);
        return unstarted;
    }

    private void letIn() {
        if (bound != null) {
            bound.open();
        }
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return new PoolFuture<>(this, task, value);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return new PoolFuture<>(this, task);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return new Invocation<>(this, tasks).run();
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return new Invocation<>(this, tasks).run(unit.toNanos(timeout));
    }

    @Override
    public boolean isShutdown() {
        return !state.isRunning();
    }

    @Override
    public boolean isTerminated() {
        return state.phase() == PoolState.Phase.TERMINATED;
    }

    /**
     * Waits until the pool is shut down and its last task has ended. Blocks up to the given time.
     *
     * @param timeout how long to wait at most
     * @param unit the unit of the timeout
     * @return true if the pool has terminated, false if the time was over first
     * @throws InterruptedException if the calling thread is interrupted while it waits, or was when it called, unless the
     *     pool had terminated
     */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return state.awaitTermination(timeout, unit);
    }

    /** Where it is in its life. */
    String state() {
        return state.phase().name();
    }

    /** Completes when the pool has terminated, on the thread of its last worker. */
    CompletionStage<Void> terminated() {
        return state.terminated();
    }

    /**
     * Returns this pool behind core's interface, with handles, time limits and outcomes. Closing the one that is
     * returned closes this pool. What is given to the pool directly keeps running beside, and is neither counted nor
     * cancelled by it.
     *
     * @return a new executor on this pool; use one at a time
     */
    public TaskExecutor asTaskExecutor() {
        return asTaskExecutor(options -> {});
    }

    /**
     * As {@link #asTaskExecutor()}, with options of the executor.
     *
     * @param options sets the options; whatever is set, the pool is not shut down because an executor over it was forgotten
     * @return a new executor over this pool
     * @throws IllegalArgumentException if an option is out of range or does not fit
     */
    public TaskExecutor asTaskExecutor(Consumer<? super ExecutorOptions.Builder> options) {
        return TaskExecutors.over("pool", new PoolBackend(this), builder -> {
            options.accept(builder);
            builder.reaped(false);
        });
    }

    /**
     * Reports what the pool has done and what it holds. Does not block and slows no worker down.
     *
     * @return the numbers at about this moment
     */
    public PoolStats stats() {
        return workers.stats();
    }

    /**
     * Tells what each worker has done. Does not block, and may be called at any time.
     *
     * @return the workers by their index, the spares that were ever needed after the others
     */
    public List<PoolWorkerStats> workerStats() {
        return workers.workerStats();
    }

    /** What takes tasks of an executor over this pool out again. */
    Withdrawal withdrawal() {
        return new Withdrawal(workers, injector, state, bound);
    }

    /** Must be called before the first task is submitted that {@link #forEachRunning} is to show. */
    void showRunning() {
        workers.showRunning();
    }

    /** Shows the task that each worker runs just now: the object that was given to {@link #execute}. */
    void forEachRunning(Consumer<? super Runnable> action) {
        workers.forEachRunning(action);
    }

    /**
     * Names the pool.
     *
     * @return its name, state and number of workers
     */
    @Override
    public String toString() {
        return "WorkStealingPool[name=" + name + " state=" + state.phase() + " parallelism=" + workers.parallelism()
                + "]";
    }

    /**
     * Describes a pool before it is opened. Each option has a default.
     *
     * <p><b>Thread safety.</b> None: a builder is for one thread. It may build several pools.
     */
    public static final class Builder {

        private static int unnamed;

        private int parallelism = Math.min(Runtime.getRuntime().availableProcessors(), Parking.MAXIMUM_WORKERS);
        private @Nullable String name;
        private boolean daemon;
        private boolean jmx;
        private int queueCapacity;
        private @Nullable RejectionPolicy policy;
        private int spareLimit = 256;
        private Duration keepAlive = Duration.ofMinutes(1);
        private Thread.@Nullable UncaughtExceptionHandler handler;

        private Builder() {}

        /**
         * Sets how many workers there are, so how many tasks can run at the same time. By default there are as many as
         * processors.
         *
         * @param workers the number of workers, from 1 to 32767
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder parallelism(int workers) {
            if (workers < 1 || workers > Parking.MAXIMUM_WORKERS) {
                throw new IllegalArgumentException("The parallelism is out of range. parallelism=" + workers
                        + " minimum=1 maximum=" + Parking.MAXIMUM_WORKERS);
            }
            parallelism = workers;
            return this;
        }

        /**
         * Sets the name that stands in the names of the threads, {@code tournant-<name>-worker-<n>}, and in messages.
         * By default it is {@code pool-} and a number.
         *
         * @param poolName the name, not blank
         * @return this builder
         * @throws IllegalArgumentException if the name is blank
         */
        public Builder name(String poolName) {
            if (poolName.isBlank()) {
                throw new IllegalArgumentException("The name of the pool is blank. name=\"" + poolName + '"');
            }
            name = poolName;
            return this;
        }

        /**
         * Sets whether the worker threads are daemons, so that the virtual machine may end while the pool is open, and
         * drop its tasks. By default they are not.
         *
         * @param daemons true for daemons
         * @return this builder
         */
        public Builder daemon(boolean daemons) {
            daemon = daemons;
            return this;
        }

        /**
         * Sets how many spare workers there may be beyond the {@link #parallelism}, to stand in for those that are
         * blocked. When all of them are blocked too, tasks wait, and a warning is logged. By default there may be 256.
         *
         * @param spares the number of spares, from 0 to 32767
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder spareLimit(int spares) {
            if (spares < 0 || spares > Parking.MAXIMUM_WORKERS) {
                throw new IllegalArgumentException("The limit of spares is out of range. spareLimit=" + spares
                        + " minimum=0 maximum=" + Parking.MAXIMUM_WORKERS);
            }
            spareLimit = spares;
            return this;
        }

        /**
         * Sets whether the pool is shown to management clients, as a {@link WorkStealingPoolMXBean}, until it has
         * terminated. That needs the module {@code java.management}, and a name that no other pool has. By default it is
         * not.
         *
         * @param shown true to show it; {@link #build} then throws IllegalStateException if the name is taken or the module missing
         * @return this builder
         */
        public Builder jmx(boolean shown) {
            jmx = shown;
            return this;
        }

        /**
         * Bounds the number of tasks from outside that wait for a worker. What tasks of the pool submit is not counted:
         * a worker that waited for room would wait for itself. By default there is no bound.
         *
         * @param tasks how many may wait, positive
         * @param saturated what becomes of more: they are refused, their submitter waits for room, or it runs them; but a
         *     {@link Forked} is refused instead of being run by its submitter, where it could not fork
         * @return this builder
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder queueCapacity(int tasks, RejectionPolicy saturated) {
            if (tasks < 1) {
                throw new IllegalArgumentException("The capacity of the queue is not positive. queueCapacity=" + tasks);
            }
            queueCapacity = tasks;
            policy = Objects.requireNonNull(saturated, "saturated");
            return this;
        }

        private @Nullable Bound bound() {
            return policy == null ? null : new Bound(queueCapacity, policy);
        }

        /**
         * Sets for how long a worker without tasks keeps its thread; the last thread of the pool stays. By default it is a
         * minute.
         *
         * @param time the time, positive
         * @return this builder
         * @throws IllegalArgumentException if the time is not positive
         */
        public Builder keepAlive(Duration time) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("The keep-alive time is not positive. keepAlive=" + time);
            }
            keepAlive = time;
            return this;
        }

        /**
         * Sets who is told what a task given to {@link WorkStealingPool#execute} throws. By default it is the default
         * handler of all threads.
         *
         * @param uncaught the handler; what it throws itself is dropped
         * @return this builder
         */
        public Builder uncaughtExceptionHandler(Thread.UncaughtExceptionHandler uncaught) {
            handler = Objects.requireNonNull(uncaught, "uncaught");
            return this;
        }

        /**
         * Opens the pool and starts its first thread. The context class loader of the calling thread becomes the one of
         * the worker threads.
         *
         * @return the pool, which the caller should close
         * @throws OutOfMemoryError if no thread can be started
         */
        public WorkStealingPool build() {
            return build(Thread::start);
        }

        /** Opens the pool with another way to start threads, for tests of what happens when there can be none. */
        WorkStealingPool build(Consumer<Thread> starter) {
            return new WorkStealingPool(this, starter);
        }

        private static synchronized String nextName() {
            return "pool-" + ++unnamed;
        }
    }
}
