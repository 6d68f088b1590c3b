package io.tournant.pool;

import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;

/** {@code pool}, {@code pool?parallelism=8}. */
public final class PoolProvider implements TaskBackendProvider {

    /** Called by the service loader. */
    public PoolProvider() {}

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public TaskBackend open(BackendConfig config) {
        config.allow("parallelism");
        WorkStealingPool.Builder builder = WorkStealingPool.builder();
        config.integer("parallelism", 1).ifPresent(builder::parallelism);
        return new PoolBackend(builder.build());
    }
}
