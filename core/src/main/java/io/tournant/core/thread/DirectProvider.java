package io.tournant.core.thread;

import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;

/** {@code direct}. */
public final class DirectProvider implements TaskBackendProvider {

    /** Called by the service loader. */
    public DirectProvider() {}

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public TaskBackend open(BackendConfig config) {
        config.allow();
        return new DirectBackend();
    }
}
