package io.tournant.testkit;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import java.util.OptionalInt;
import java.util.function.Consumer;

final class PlatformFixedContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return TaskExecutors.platform(2, options);
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
