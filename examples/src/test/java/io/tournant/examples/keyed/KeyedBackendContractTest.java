package io.tournant.examples.keyed;

import io.tournant.core.spi.TaskBackend;
import io.tournant.testkit.BackendContract;

final class KeyedBackendContractTest extends BackendContract {

    @Override
    protected TaskBackend open() {
        return new KeyedBackend(2);
    }
}
