package io.tournant.ipc.process;

import io.tournant.core.TaskExecutor;
import io.tournant.testkit.TaskExecutorContract;
import java.util.OptionalInt;

final class ProcessContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutor.open("process?workers=2&heap=64m");
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
