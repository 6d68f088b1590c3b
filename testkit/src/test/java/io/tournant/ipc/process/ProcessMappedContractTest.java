package io.tournant.ipc.process;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.ipc.Transport;
import io.tournant.testkit.TaskExecutorContract;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The contract over mapped files. */
final class ProcessMappedContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return ProcessPool.builder()
                .workers(2)
                .heap("64m")
                .transport(Transport.mappedFile())
                .options(options)
                .build();
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
