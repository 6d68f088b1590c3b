package io.tournant.core.thread;

import io.tournant.core.BackendTraits;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    private final Pool pool;

    private PlatformBackend(int core, int max, long keepAliveSeconds, BlockingQueue<Runnable> queue) {
        pool = new Pool(core, max, keepAliveSeconds, queue);
    }

    /** Makes a backend on a fixed number of threads with an unbounded queue. */
    public static PlatformBackend fixed(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("A pool has at least one thread: threads=" + threads);
        }
        return new PlatformBackend(threads, threads, 0, new LinkedBlockingQueue<>());
    }

    /** Makes a backend on as many threads as there are tasks, reused for a minute. */
    public static PlatformBackend cached() {
        return new PlatformBackend(0, Integer.MAX_VALUE, 60, new SynchronousQueue<>());
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
            ((PlatformWorker) Thread.currentThread()).ends();
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
