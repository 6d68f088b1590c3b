package io.tournant.pool;

import io.tournant.core.BackendTraits;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A pool behind core's executor. What the pool runs on behalf of others, who gave it their own Runnables, is left alone:
 * it is neither shown nor drained.
 */
final class PoolBackend implements TaskBackend {

    private final WorkStealingPool pool;

    PoolBackend(WorkStealingPool pool) {
        this.pool = pool;
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
        List<Runnable> drained = new ArrayList<>();
        pool.drainTo(drained);
        for (Runnable task : drained) {
            if (task instanceof TaskRun<?> run) {
                unstarted.add(run);
            } else {
                putBack(task);
            }
        }
    }

    private void putBack(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) { // the pool was shut down as well; what it accepted before is still owed
            task.run();
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
        return pool.terminated();
    }
}
