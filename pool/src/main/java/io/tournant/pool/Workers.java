package io.tournant.pool;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.injection.Injector;
import io.tournant.pool.parking.Parking;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The workers of one pool with what they share: the way in, the parking word, the state of the pool. */
final class Workers {

    private final Worker[] workers;
    private final Parking parking;
    private final Injector injector;
    private final PoolState state;
    private final WorkerThreads threads;

    /** Creates the workers and starts the thread of the first; throws what starting a thread throws. */
    Workers(int parallelism, Injector injector, PoolState state, WorkerThreads threads) {
        this.parking = new Parking(parallelism);
        this.injector = injector;
        this.state = state;
        this.threads = threads;
        workers = new Worker[parallelism];
        Arrays.setAll(workers, index -> new Worker(this, index));
        workers[parking.popAny()].start();
    }

    Worker worker(int index) {
        return workers[index];
    }

    int count() {
        return workers.length;
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

    /** Wakes or starts a worker for tasks that were just made visible, unless one searches already. */
    void signal() {
        int worker = parking.signal();
        if (worker != Parking.NONE) {
            wake(worker);
        }
    }

    private void wake(int index) {
        Worker worker = workers[index];
        if (worker.wakeIfStarted()) {
            return;
        }
        try {
            worker.start();
        } catch (Exception | Error failure) {
            wakeInPlaceOf(worker);
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
            unable = workers[substitute];
        }
        while (setAside != null) {
            Worker next = setAside.setAside();
            parking.putBack(setAside.index());
            setAside = next;
        }
    }

    /** Wakes every worker that is parked, so that each sees the new state of the pool; starts none. */
    void wakeAll() {
        for (int worker = parking.popAny(); worker != Parking.NONE; worker = parking.popAny()) {
            if (!workers[worker].wakeIfStarted()) {
                parking.stopSearching();
            }
        }
    }

    /** Whether some queue had a task that nobody was already taking. */
    boolean hasWork() {
        for (Worker worker : workers) {
            if (!worker.deque().isEmpty()) {
                return true;
            }
        }
        return !injector.isEmpty();
    }

    /** Takes all tasks that were queued before the call: first those from outside, which may be moving to a deque. */
    @SuppressWarnings("ThreadPriorityCheck") // whoever is in the way may be without a processor
    void drain(Consumer<? super Runnable> receiver) {
        injector.drain(receiver);
        for (Worker worker : workers) {
            for (int left = worker.deque().size(); left > 0; ) {
                Steal steal = worker.deque().steal(receiver);
                if (steal == Steal.EMPTY) {
                    break;
                } else if (steal == Steal.SUCCESS) {
                    left--;
                } else {
                    Thread.yield();
                }
            }
        }
    }

    void forEachRunning(Consumer<? super Runnable> action) {
        for (Worker worker : workers) {
            Runnable task = worker.current();
            if (task != null) {
                action.accept(task);
            }
        }
    }

    PoolStats stats() {
        return new PoolStats(
                workers.length,
                threads.count(),
                parking.searching(),
                injector.size()
                        + Stream.of(workers).mapToLong(w -> w.deque().size()).sum(),
                sum(WorkerCounters::executed),
                sum(WorkerCounters::stolen),
                sum(WorkerCounters::injected),
                sum(WorkerCounters::parks));
    }

    private long sum(Function<WorkerCounters, Counter> counter) {
        return Stream.of(workers)
                .mapToLong(worker -> counter.apply(worker.counters()).get())
                .sum();
    }
}
