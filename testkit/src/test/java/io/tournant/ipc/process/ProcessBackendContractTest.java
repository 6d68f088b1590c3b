package io.tournant.ipc.process;

import io.tournant.core.spi.TaskBackend;
import io.tournant.testkit.BackendContract;

final class ProcessBackendContractTest extends BackendContract {

    @Override
    protected TaskBackend open() {
        return ProcessPool.builder().workers(2).heap("64m").backend();
    }
}
