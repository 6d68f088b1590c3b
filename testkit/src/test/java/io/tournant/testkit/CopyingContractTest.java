package io.tournant.testkit;

import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import java.util.OptionalInt;

final class CopyingContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutors.over("copying", new CopyingBackend(CopyingBackend.Defect.NONE));
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
