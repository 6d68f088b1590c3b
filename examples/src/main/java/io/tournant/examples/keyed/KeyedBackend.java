package io.tournant.examples.keyed;

import io.tournant.core.BackendTraits;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks of one {@linkplain io.tournant.core.TaskOptions#name() name} one after another, in the order of submission,
 * and tasks of different names, or of none, side by side on a fixed number of threads.
 *
 * <p>A task that waits in {@code get} for another one of its executor which has not begun executes that one itself, out of
 * its turn: the executor prefers that to waiting for ever.
 */
public final class KeyedBackend implements TaskBackend {

    private final int threads;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final ThreadPoolExecutor pool;

    // Guarded by the monitor of lock. For each key in ready, one serve() is on its way: in the queue of the pool, or in
    // a thread that is about to call next().
    private final Object lock = new Object();
    private final Map<Object, Queue<TaskRun<?>>> lanes = new LinkedHashMap<>(); // the waiting, while a key has any run
    private final Queue<Object> ready = new ArrayDeque<>(); // keys of which a run waits and none is executed
    private final Set<TaskRun<?>> running = new HashSet<>();
    private final Set<TaskRun<?>> stuck = new HashSet<>(); // those of the running that were given up

    /** Makes a backend on a number of threads, from 1, which are started when they are needed. */
    public KeyedBackend(int threads) {
        this.threads = threads;
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform()
                                .name("keyed-worker-", 1)
                                .inheritInheritableThreadLocals(false)
                                .factory()) {
                    @Override
                    protected void terminated() {
                        gone.complete(null);
                    }
                };
    }

    @Override
    public BackendTraits traits() {
        return BackendTraits.threads();
    }

    @Override
    public OptionalInt parallelism() {
        return OptionalInt.of(threads);
    }

    @Override
    public void start(TaskRun<?> run) {
        synchronized (lock) {
            Queue<TaskRun<?>> lane = lanes.get(keyOf(run));
            if (lane == null) {
                pool.execute(this::serve); // first, since it may throw: then this run was not taken
                lane = new ArrayDeque<>();
                lanes.put(keyOf(run), lane);
                ready.add(keyOf(run));
            }
            lane.add(run);
        }
    }

    /** A run without a name has a key of its own. */
    private static Object keyOf(TaskRun<?> run) {
        String name = run.options().name();
        return name.isEmpty() ? run.id() : name;
    }

    /** Executes one run of the key whose turn it is; if that has more, one of the key whose turn it is then; and so on. */
    private void serve() {
        TaskRun<?> run = next();
        while (run != null) {
            run.run();
            run = hasMoreAfter(run) ? next() : null;
        }
    }

    /** Returns a run that counts as running from now on, before it begins, or null if all were drained. */
    private @Nullable TaskRun<?> next() {
        synchronized (lock) {
            Object key = ready.poll();
            if (key == null) {
                return null;
            }
            TaskRun<?> run = Objects.requireNonNull(lanes.get(key)).remove();
            running.add(run);
            return run;
        }
    }

    /** A run has ended. Returns true if others of its key wait, whose turn comes after that of the other keys. */
    private boolean hasMoreAfter(TaskRun<?> run) {
        synchronized (lock) {
            running.remove(run);
            if (stuck.remove(run)) {
                resize();
            }
            boolean more = lanes.computeIfPresent(keyOf(run), (key, lane) -> lane.isEmpty() ? null : lane) != null;
            return more && ready.add(keyOf(run));
        }
    }

    @Override
    public void abandoned(TaskRun<?> run) {
        synchronized (lock) {
            if (running.contains(run) && stuck.add(run)) {
                resize();
            }
        }
    }

    /** A stuck thread is replaced, as many as there are threads at most; its key stays busy. */
    private void resize() {
        int size = threads + Math.min(stuck.size(), threads);
        pool.setMaximumPoolSize(Math.max(size, pool.getCorePoolSize())); // never less than the core size
        pool.setCorePoolSize(size);
        pool.setMaximumPoolSize(size);
    }

    @Override
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {
        synchronized (lock) {
            for (Queue<TaskRun<?>> lane : lanes.values()) {
                unstarted.addAll(lane);
                lane.clear();
            }
            ready.forEach(lanes::remove);
            ready.clear();
        }
    }

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {
        List<TaskRun<?>> shown;
        synchronized (lock) {
            shown = List.copyOf(running);
        }
        shown.forEach(visitor); // without the lock: the visitor cancels, and runs callbacks
    }

    @Override
    public CompletionStage<Void> shutdown() {
        pool.shutdown();
        return gone;
    }
}
