package io.tournant.testkit;

import io.tournant.core.TaskExecutor;
import java.util.OptionalInt;

final class PlatformFixedContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutor.open("platform?threads=2");
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
