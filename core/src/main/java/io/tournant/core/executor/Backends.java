package io.tournant.core.executor;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.core.spi.BackendConfig;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskBackendProvider;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds backends by name. */
public final class Backends {

    private static final Logger LOG = LoggerFactory.getLogger(TaskExecutor.class);

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
        Consumer<ExecutorOptions.Builder> options = ExecutorKeys.options(config);
        return over(provider.name(), provider.open(config.without(ExecutorKeys.ALL)), options);
    }

    /** Makes an executor that owns the backend; if that cannot be, nothing is left of the backend. */
    public static TaskExecutor over(
            String name, TaskBackend backend, Consumer<? super ExecutorOptions.Builder> change) {
        try {
            ExecutorOptions.Builder options = ExecutorOptions.builder();
            change.accept(options);
            return new ManagedExecutor(name, backend, options.build());
        } catch (RuntimeException | Error e) {
            var _ = backend.shutdown();
            throw e;
        }
    }

    /** Returns the providers that the application's class loader sees and those that this library sees, by name. */
    private static Map<String, TaskBackendProvider> installed() {
        Map<String, TaskBackendProvider> byName = new TreeMap<>();
        collect(ServiceLoader.load(TaskBackendProvider.class, Backends.class.getClassLoader()), byName);
        collect(ServiceLoader.load(TaskBackendProvider.class), byName);
        return byName;
    }

    /** A provider that is broken is no reason not to find the others. */
    private static void collect(ServiceLoader<TaskBackendProvider> providers, Map<String, TaskBackendProvider> byName) {
        providers.stream().forEach(provider -> {
            try {
                TaskBackendProvider found = provider.get();
                byName.putIfAbsent(found.name(), found);
            } catch (ServiceConfigurationError e) {
                LOG.warn("The provider of a backend cannot be used. provider={}", provider, e);
            }
        });
    }
}
