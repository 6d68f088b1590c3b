package io.tournant.examples.keyed;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.testkit.TaskExecutorContract;
import java.util.OptionalInt;
import java.util.function.Consumer;

final class KeyedContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return TaskExecutors.over("keyed", new KeyedBackend(2), options);
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
