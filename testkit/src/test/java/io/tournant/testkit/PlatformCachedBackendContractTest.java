package io.tournant.testkit;

import io.tournant.core.spi.TaskBackend;
import io.tournant.core.thread.PlatformBackend;

final class PlatformCachedBackendContractTest extends BackendContract {

    @Override
    protected TaskBackend open() {
        return PlatformBackend.cached();
    }
}
