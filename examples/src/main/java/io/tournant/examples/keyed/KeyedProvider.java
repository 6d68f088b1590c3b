package io.tournant.examples.keyed;

import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;

/** {@code keyed} for as many threads as there are processors, {@code keyed?threads=4} for another number. */
public final class KeyedProvider implements TaskBackendProvider {

    /** Called by the service loader. */
    public KeyedProvider() {}

    @Override
    public String name() {
        return "keyed";
    }

    @Override
    public TaskBackend open(BackendConfig config) {
        config.allow("threads");
        return new KeyedBackend(
                config.integer("threads", 1).orElse(Runtime.getRuntime().availableProcessors()));
    }
}
