package io.tournant.testkit;

import io.tournant.core.Action;
import io.tournant.core.spi.TaskBackend;

class IsolatingBackendContractTest extends BackendContract {

    @Override
    protected TaskBackend open() {
        return new IsolatingBackend(2);
    }

    @Override
    protected Action crash(int code) {
        return () -> FakeProcess.halt(code);
    }
}
