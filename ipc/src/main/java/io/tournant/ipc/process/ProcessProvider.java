package io.tournant.ipc.process;

import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;

/** {@code process}, {@code process?workers=4}, {@code process?heap=256m}. */
public final class ProcessProvider implements TaskBackendProvider {

    /** Called by the service loader. */
    public ProcessProvider() {}

    @Override
    public String name() {
        return "process";
    }

    @Override
    public TaskBackend open(BackendConfig config) {
        config.allow("workers", "heap");
        ProcessPool.Builder builder = ProcessPool.builder();
        config.integer("workers", 1).ifPresent(builder::workers);
        config.text("heap").ifPresent(builder::heap);
        return builder.backend();
    }
}
