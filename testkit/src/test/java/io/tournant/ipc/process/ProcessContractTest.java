package io.tournant.ipc.process;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.testkit.TaskExecutorContract;
import java.util.OptionalInt;
import java.util.function.Consumer;

final class ProcessContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return ProcessPool.builder().workers(2).heap("64m").options(options).build();
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
