package io.tournant.pool;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.injection.Injector;
import io.tournant.pool.parking.Parking;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The workers of one pool with what they share: the way in, the parking word, the state of the pool. */
final class Workers {

    private static int pools;

    /** Tells this pool from others, but for those that were made 32,768 pools earlier or later. */
    private final int tag = nextTag();

    private final int parallelism;
    private final long keepAliveNanos;
    private final Parking parking;
    private final Injector injector;
    private final @Nullable Bound bound;
    private final PoolState state;
    private final WorkerThreads threads;
    private final Spares spares;
    private final Watch watch;
    private final Leftovers leftovers = new Leftovers(this);

    /** Whether somebody asks what runs; written before the first task of theirs is submitted. */
    private boolean showsRunning;

    /** How many threads move tasks; guarded by this. */
    private int moving;

    /** The regular ones, then the spares made so far. */
    private final List<Worker> all;

    /** Creates the workers and starts the thread of the first; throws what starting a thread throws. */
    Workers(
            int parallelism,
            int spareLimit,
            long keepAliveNanos,
            Injector injector,
            @Nullable Bound bound,
            PoolState state,
            WorkerThreads threads) {
        this.parallelism = parallelism;
        this.keepAliveNanos = keepAliveNanos;
        this.parking = new Parking.Apart(parallelism);
        this.injector = injector;
        this.bound = bound;
        this.state = state;
        this.threads = threads;
        spares = new Spares(this, spareLimit);
        watch = new Watch(this);
        all = new CopyOnWriteArrayList<>(IntStream.range(0, parallelism)
                .mapToObj(index -> new Worker(this, index, false))
                .toList());
        state.onTerminated(watch::close);
        all.get(parking.popAny()).start();
    }

    Worker worker(int index) {
        return all.get(index);
    }

    /** How many there are, spares included. */
    int count() {
        return all.size();
    }

    private static synchronized int nextTag() {
        return pools++ & Short.MAX_VALUE;
    }

    /** Says where a task is that one of these workers has stolen: the lower half is the worker, the upper the pool. */
    int placeOf(int worker) {
        return tag << Short.SIZE | worker;
    }

    /** The worker that a place names; null if it is one of another pool. */
    @Nullable
    Worker at(int place) {
        int index = place & 0xFFFF;
        return place >>> Short.SIZE == tag && index < count() ? worker(index) : null;
    }

    int parallelism() {
        return parallelism;
    }

    long keepAliveNanos() {
        return keepAliveNanos;
    }

    /** Makes one more, for {@link Spares}, which calls one at a time. */
    Worker addSpare() {
        Worker spare = new Worker(this, all.size(), true);
        all.add(spare);
        return spare;
    }

    /** There is room for as many more, in a pool that is bounded. */
    void onTakenFromOutside(int count) {
        if (bound != null && count > 0) {
            bound.leave(count);
        }
    }

    Leftovers leftovers() {
        return leftovers;
    }

    void showRunning() {
        showsRunning = true;
    }

    boolean showsRunning() {
        return showsRunning;
    }

    Spares spares() {
        return spares;
    }

    Watch watch() {
        return watch;
    }

    Parking parking() {
        return parking;
    }

    Injector injector() {
        return injector;
    }

    PoolState state() {
        return state;
    }

    WorkerThreads threads() {
        return threads;
    }

    /**
     * Wakes or starts a worker for tasks that were just made visible, unless one searches already. Returns whether it
     * did.
     */
    boolean signal() {
        return wakeIfAny(parking.signal());
    }

    /**
     * Does the same for a task of the calling worker's own that lies on top of others; for somebody who falls asleep just
     * now there is the watch.
     */
    void signalUnfenced() {
        wakeIfAny(parking.signalUnfenced());
    }

    private boolean wakeIfAny(int worker) {
        if (worker >= 0) {
            wake(worker);
            return true;
        }
        if (worker == Parking.ALL_BUSY) {
            watch.hurry();
        }
        return false;
    }

    private void wake(int index) {
        Worker worker = worker(index);
        if (worker.wakeIfStarted()) {
            return;
        }
        try {
            worker.start();
        } catch (Exception | Error failure) {
            wakeInPlaceOf(worker);
            spares.wakeOne();
            threads.warnOfStartFailure(worker, failure);
        }
    }

    /** Wakes a parked worker that has a thread, if there is one; those found on the way go back on the stack. */
    private void wakeInPlaceOf(Worker unable) {
        Worker setAside = null;
        for (boolean awake = false; !awake; awake = unable.wakeIfStarted()) {
            int substitute = parking.replace(unable.index());
            if (substitute == Parking.NONE) {
                break;
            }
            unable.setAside(setAside);
            setAside = unable;
            unable = worker(substitute);
        }
        while (setAside != null) {
            Worker next = setAside.setAside();
            parking.putBack(setAside.index());
            setAside = next;
        }
    }

    /**
     * Wakes every worker that is parked, so that each sees the new state of the pool. Those without a thread stay parked,
     * for tasks that are still to come from those that run.
     */
    void wakeAll() {
        List<Worker> withoutThread = new ArrayList<>();
        for (int index = parking.popAny(); index != Parking.NONE; index = parking.popAny()) {
            if (!worker(index).wakeIfStarted()) {
                withoutThread.add(worker(index));
            }
        }
        for (Worker worker : withoutThread) {
            parking.putBack(worker.index());
            if (parking.stopSearching() && hasWork()) {
                signal();
            }
        }
        spares.wakeAll();
    }

    /** Whether some queue had a task that nobody was already taking. */
    boolean hasWork() {
        return hasWorkBut(null);
    }

    /** Whether some queue but this one had a task that nobody was already taking. */
    @SuppressWarnings("ReferenceEquality") // the very deque
    boolean hasWorkBut(@Nullable WorkDeque one) {
        for (Worker worker : all) {
            if (worker.deque() != one && !worker.deque().isEmpty()) {
                return true;
            }
        }
        return !injector.isEmpty();
    }

    /** Takes all tasks that wait outside of the deques, and waits for workers that are just moving some into theirs. */
    void drainOutside(Consumer<? super Runnable> receiver) {
        int[] count = {0};
        injector.drain(task -> {
            count[0]++;
            receiver.accept(task);
        });
        onTakenFromOutside(count[0]);
    }

    /** Takes the oldest tasks of each deque as long as they are of a certain type. */
    void drainDeques(Class<? extends Runnable> type, Consumer<? super Runnable> receiver) {
        for (Worker worker : all) {
            drain(worker.deque(), type, receiver);
        }
    }

    /**
     * Takes all tasks that were queued before the call: first those from outside, which may be moving to a deque, then
     * those in deques, until a round through all of them finds nothing: some may be moving from one to another.
     */
    void drain(Consumer<? super Runnable> receiver) {
        drainOutside(receiver);
        boolean found = true;
        while (found) {
            found = false;
            for (Worker worker : all) {
                found |= drain(worker.deque(), Runnable.class, receiver);
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // whoever is in the way may be without a processor
    private static boolean drain(WorkDeque deque, Class<? extends Runnable> type, Consumer<? super Runnable> receiver) {
        boolean found = false;
        for (int left = deque.size(); left > 0; ) {
            Steal steal = deque.stealIf(type, receiver);
            if (steal == Steal.EMPTY) {
                break;
            } else if (steal == Steal.SUCCESS) {
                found = true;
                left--;
            } else {
                Thread.yield();
            }
        }
        return found;
    }

    /** Somebody is about to take tasks from the queues, and to put some of them back: meanwhile no worker leaves for good. */
    synchronized void beginMoving() {
        moving++;
    }

    /** Everything that is to be put back is there. */
    void endMoving() {
        synchronized (this) {
            moving--;
        }
        if (!state.isRunning()) {
            wakeAll();
        }
    }

    private synchronized boolean isMoving() {
        return moving > 0;
    }

    /**
     * Whether some worker is in a task, or somebody moves tasks, as far as can be seen; the caller, who searches, is in
     * none.
     */
    boolean isAnyInTask() {
        if (isMoving()) {
            return true;
        }
        for (Worker worker : all) {
            if (worker.counters().isInTask()) {
                return true;
            }
        }
        return false;
    }

    void forEachRunning(Consumer<? super Runnable> action) {
        for (Worker worker : all) {
            Runnable task = worker.current();
            if (task != null) {
                action.accept(task);
            }
        }
    }

    PoolStats stats() {
        return new PoolStats(
                parallelism,
                threads.count(),
                parking.searching(),
                injector.size() + all.stream().mapToLong(w -> w.deque().size()).sum(),
                sum(WorkerCounters::executed),
                all.stream().mapToLong(w -> w.deque().pushed()).sum(),
                sum(WorkerCounters::stolen),
                sum(WorkerCounters::injected),
                sum(WorkerCounters::parks),
                sum(WorkerCounters::wakes),
                sum(WorkerCounters::uselessWakes),
                spares.compensations());
    }

    List<PoolWorkerStats> workerStats() {
        return all.stream().map(Worker::stats).toList();
    }

    private long sum(ToLongFunction<WorkerCounters> counter) {
        return all.stream()
                .mapToLong(worker -> counter.applyAsLong(worker.counters()))
                .sum();
    }
}
