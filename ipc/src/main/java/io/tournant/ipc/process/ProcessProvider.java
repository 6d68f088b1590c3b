package io.tournant.ipc.process;

import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;
import io.tournant.ipc.Transport;

/** {@code process}, {@code process?workers=4}, {@code process?heap=256m}, {@code process?transport=mapped}. */
public final class ProcessProvider implements TaskBackendProvider {

    /** Called by the service loader. */
    public ProcessProvider() {}

    @Override
    public String name() {
        return "process";
    }

    @Override
    public TaskBackend open(BackendConfig config) {
        config.allow("workers", "heap", "transport");
        ProcessPool.Builder builder = ProcessPool.builder();
        config.integer("workers", 1).ifPresent(builder::workers);
        config.text("heap").ifPresent(builder::heap);
        config.text("transport").map(ProcessProvider::transport).ifPresent(builder::transport);
        return builder.backend();
    }

    private static Transport transport(String name) {
        return switch (name) {
            case "unix" -> Transport.unixSocket();
            case "mapped" -> Transport.mappedFile();
            case "queue" -> Transport.messageQueue();
            case "pipe" -> Transport.pipe();
            default ->
                throw new IllegalArgumentException(
                        "The transport of processes is unix, mapped, queue or pipe: transport=" + name);
        };
    }
}
