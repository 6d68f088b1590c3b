package io.tournant.pool;

import io.tournant.core.BackendTraits;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A pool behind core's executor. What the pool runs on behalf of others, who gave it their own Runnables, is left
 * alone: it is neither shown nor drained.
 */
final class PoolBackend implements TaskBackend {

    private final WorkStealingPool pool;
    private final CompletionStage<Void> gone;

    PoolBackend(WorkStealingPool pool) {
        this.pool = pool;
        gone = pool.terminated();
        pool.showRunning();
    }

    @Override
    public BackendTraits traits() {
        return BackendTraits.threads();
    }

    @Override
    public OptionalInt parallelism() {
        return OptionalInt.of(pool.stats().parallelism());
    }

    @Override
    public void start(TaskRun<?> run) {
        try {
            pool.execute(run);
        } catch (RejectedExecutionException e) {
            throw new RejectedTaskException(
                    RejectedTaskException.Reason.SHUTDOWN, "The pool of this executor was shut down. pool=" + pool, e);
        }
    }

    @Override
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {
        pool.withdrawal().drainTo(TaskRun.class, task -> unstarted.add((TaskRun<?>) task));
    }

    /** The pool was stopped behind the back of the executor, which would wait for this task for ever. */
    static void onRemoved(Runnable task) {
        if (task instanceof TaskRun<?> run) {
            run.fail(new CancellationException("The pool was stopped before the task began"));
        }
    }

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {
        pool.forEachRunning(task -> {
            if (task instanceof TaskRun<?> run) {
                visitor.accept(run);
            }
        });
    }

    @Override
    public CompletionStage<Void> shutdown() {
        pool.shutdown();
        return gone;
    }
}
