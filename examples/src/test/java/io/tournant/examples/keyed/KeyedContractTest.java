package io.tournant.examples.keyed;

import io.tournant.core.TaskExecutor;
import io.tournant.testkit.TaskExecutorContract;
import java.util.OptionalInt;

final class KeyedContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutor.open("keyed?threads=2");
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
