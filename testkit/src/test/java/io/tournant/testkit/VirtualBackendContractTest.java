package io.tournant.testkit;

import io.tournant.core.spi.TaskBackend;
import io.tournant.core.thread.VirtualBackend;

final class VirtualBackendContractTest extends BackendContract {

    @Override
    protected TaskBackend open() {
        return new VirtualBackend();
    }
}
