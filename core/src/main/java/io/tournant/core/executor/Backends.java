package io.tournant.core.executor;

import io.tournant.core.TaskExecutor;
import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackendProvider;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds backends by name. */
public final class Backends {

    private Backends() {}

    /** Opens an executor on the backend that the text names. */
    public static TaskExecutor open(String spec) {
        BackendConfig config = BackendConfig.parse(spec);
        Map<String, TaskBackendProvider> known = installed();
        TaskBackendProvider provider = known.get(config.name());
        if (provider == null) {
            throw new IllegalArgumentException("No backend of this name is installed: name=" + config.name() + " known="
                    + known.keySet() + ". Name one of these, or add the module that provides it.");
        }
        return new ManagedExecutor(provider.name(), provider.open(config));
    }

    /** Returns the providers that the application's class loader sees and those that this library sees, by name. */
    private static Map<String, TaskBackendProvider> installed() {
        Map<String, TaskBackendProvider> byName = new TreeMap<>();
        ServiceLoader<TaskBackendProvider> here =
                ServiceLoader.load(TaskBackendProvider.class, Backends.class.getClassLoader());
        here.forEach(provider -> byName.put(provider.name(), provider));
        ServiceLoader.load(TaskBackendProvider.class)
                .forEach(provider -> byName.putIfAbsent(provider.name(), provider));
        return byName;
    }
}
