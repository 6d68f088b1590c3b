package io.tournant.testkit;

import io.tournant.core.spi.TaskBackend;
import io.tournant.core.thread.DirectBackend;

final class DirectBackendContractTest extends BackendContract {

    @Override
    protected TaskBackend open() {
        return new DirectBackend();
    }
}
