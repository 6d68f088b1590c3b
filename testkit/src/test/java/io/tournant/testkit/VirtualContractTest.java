package io.tournant.testkit;

import io.tournant.core.TaskExecutor;

final class VirtualContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutor.open("virtual");
    }
}
