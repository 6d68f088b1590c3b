package io.tournant.pool;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.testkit.TaskExecutorContract;
import java.util.function.Consumer;

/** As users have it by default: a task that blocks does not keep others waiting, so no number of them occupies the pool. */
final class PoolWithSparesContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return WorkStealingPool.builder().parallelism(2).build().asTaskExecutor(options);
    }

    @Override
    protected boolean tasksMayWait() {
        return true;
    }
}
