package io.tournant.testkit;

import io.tournant.core.TaskExecutor;

final class DirectContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutor.open("direct");
    }
}
