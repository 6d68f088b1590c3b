package io.tournant.core.thread;

import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;
import java.util.OptionalInt;

/** {@code platform} for as many threads as there are tasks, {@code platform?threads=8} for a fixed number. */
public final class PlatformProvider implements TaskBackendProvider {

    /** Called by the service loader. */
    public PlatformProvider() {}

    @Override
    public String name() {
        return "platform";
    }

    @Override
    public TaskBackend open(BackendConfig config) {
        config.allow("threads");
        OptionalInt threads = config.integer("threads", 1);
        return threads.isPresent() ? PlatformBackend.fixed(threads.getAsInt()) : PlatformBackend.cached();
    }
}
