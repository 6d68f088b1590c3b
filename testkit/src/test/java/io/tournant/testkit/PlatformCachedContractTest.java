package io.tournant.testkit;

import io.tournant.core.TaskExecutor;

final class PlatformCachedContractTest extends TaskExecutorContract {

    @Override
    protected TaskExecutor open() {
        return TaskExecutor.open("platform");
    }
}
