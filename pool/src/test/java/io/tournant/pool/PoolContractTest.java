package io.tournant.pool;

import io.tournant.core.TaskExecutor;
import io.tournant.testkit.TaskExecutorContract;
import java.util.OptionalInt;

final class PoolContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutor.open("pool?parallelism=2");
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
