package io.tournant.testkit;

import io.tournant.core.Action;
import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.core.TaskHandle;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What needs processes, on threads that play them. */
class IsolatingContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return TaskExecutors.over("isolating", new IsolatingBackend(2), options);
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }

    @Override
    protected Action crash(int code) {
        return () -> FakeProcess.halt(code);
    }

    @Override
    protected void kill(TaskHandle<?> handle) {
        FakeProcess.kill(handle);
    }
}
