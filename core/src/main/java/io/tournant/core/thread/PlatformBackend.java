package io.tournant.core.thread;

import io.tournant.core.BackendTraits;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs tasks on platform threads, fixed in number or as many as there are tasks. The JDK's pool does the queueing. */
public final class PlatformBackend implements TaskBackend {

    private final Set<PlatformWorker> workers = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final @Nullable ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();
    private int workersMade; // guarded by the monitor of this
    private int stuck; // guarded by the monitor of this
    private final OptionalInt parallelism;
    private final Pool pool;

    private PlatformBackend(OptionalInt threads, long keepAliveSeconds, BlockingQueue<Runnable> queue) {
        parallelism = threads;
        pool = new Pool(threads.orElse(0), threads.orElse(Integer.MAX_VALUE), keepAliveSeconds, queue);
    }

    /** Makes a backend on a fixed number of threads with an unbounded queue. */
    public static PlatformBackend fixed(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("A pool has at least one thread: threads=" + threads);
        }
        return new PlatformBackend(OptionalInt.of(threads), 0, new LinkedBlockingQueue<>());
    }

    /** Makes a backend on as many threads as there are tasks, reused for a minute. */
    public static PlatformBackend cached() {
        return new PlatformBackend(OptionalInt.empty(), 60, new SynchronousQueue<>());
    }

    /** The JDK's pool, whose workers show what they run. */
    private final class Pool extends ThreadPoolExecutor {

        Pool(int core, int max, long keepAliveSeconds, BlockingQueue<Runnable> queue) {
            super(core, max, keepAliveSeconds, TimeUnit.SECONDS, queue, PlatformBackend.this::newWorker);
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable run) {
            ((PlatformWorker) thread).begins((TaskRun<?>) run);
        }

        @Override
        protected void afterExecute(Runnable run, @Nullable Throwable failure) {
            if (!((PlatformWorker) Thread.currentThread()).ends((TaskRun<?>) run)) {
                isStuck(-1);
            }
        }

        @Override
        protected void terminated() {
            gone.complete(null);
        }
    }

    private synchronized PlatformWorker newWorker(Runnable loop) {
        workersMade++;
        PlatformWorker worker = new PlatformWorker(loop, "tournant-platform-worker-" + workersMade, workers::remove);
        worker.setContextClassLoader(contextLoader);
        workers.add(worker);
        return worker;
    }

    @Override
    public BackendTraits traits() {
        return BackendTraits.threads();
    }

    @Override
    public OptionalInt parallelism() {
        return parallelism;
    }

    /** A fixed pool gets one more thread for as long as one of its own is stuck, and at most as many more as it has. */
    @Override
    public synchronized void abandoned(TaskRun<?> run) {
        if (parallelism.isPresent() && workers.stream().anyMatch(worker -> worker.abandons(run))) {
            isStuck(1);
        }
    }

    /** Counts, after the worker was marked and under one monitor, and resizes the pool in an order in which the core size never exceeds the maximum. */
    private synchronized void isStuck(int more) {
        stuck += more;
        int usual = parallelism.orElseThrow();
        int threads = usual + Math.min(stuck, usual);
        if (threads > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(threads);
            pool.setCorePoolSize(threads);
        } else {
            pool.setCorePoolSize(threads);
            pool.setMaximumPoolSize(threads);
        }
    }

    @Override
    public void start(TaskRun<?> run) {
        pool.execute(run);
    }

    @Override
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {
        List<Runnable> queued = new ArrayList<>();
        pool.getQueue().drainTo(queued);
        queued.forEach(run -> unstarted.add((TaskRun<?>) run));
    }

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {
        for (PlatformWorker worker : workers) {
            TaskRun<?> run = worker.current();
            if (run != null) {
                visitor.accept(run);
            }
        }
    }

    @Override
    public CompletionStage<Void> shutdown() {
        pool.shutdown();
        return gone;
    }
}
