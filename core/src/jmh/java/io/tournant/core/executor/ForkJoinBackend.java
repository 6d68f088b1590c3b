package io.tournant.core.executor;

import io.tournant.core.BackendTraits;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/** Hands tasks to a ForkJoinPool and does nothing else; good for tasks that are neither withdrawn nor looked for. */
final class ForkJoinBackend implements TaskBackend {

    private final ForkJoinPool pool;

    ForkJoinBackend(ForkJoinPool pool) {
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
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {}

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {}

    @Override
    public CompletionStage<Void> shutdown() {
        return CompletableFuture.runAsync(pool::close);
    }
}
