package io.tournant.pool;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.testkit.TaskExecutorContract;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Without spares, so that tests can occupy all workers. */
final class PoolContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return TaskExecutors.over(
                "pool",
                new PoolBackend(
                        WorkStealingPool.builder().parallelism(2).spareLimit(0).build()),
                options);
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
