package io.tournant.core.thread;

import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;

/** {@code virtual}. */
public final class VirtualProvider implements TaskBackendProvider {

    /** Called by the service loader. */
    public VirtualProvider() {}

    @Override
    public String name() {
        return "virtual";
    }

    @Override
    public TaskBackend open(BackendConfig config) {
        config.allow();
        return new VirtualBackend();
    }
}
