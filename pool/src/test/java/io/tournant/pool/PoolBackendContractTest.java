package io.tournant.pool;

import io.tournant.core.spi.TaskBackend;
import io.tournant.testkit.BackendContract;

final class PoolBackendContractTest extends BackendContract {

    @Override
    protected TaskBackend open() {
        return new PoolBackend(WorkStealingPool.builder().parallelism(2).build());
    }
}
