package io.tournant.core.executor;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.RejectionPolicy;
import io.tournant.core.spi.BackendConfig;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys of {@code TaskExecutor.open} that concern the executor and not its backend. */
final class ExecutorKeys {

    private static final String BLOCK = "block:";

    static final Set<String> ALL = Set.of("concurrency", "queue", "saturated", "priorities");

    private ExecutorKeys() {}

    /** Returns what the keys ask for; values are checked before anything is opened. */
    static Consumer<ExecutorOptions.Builder> options(BackendConfig config) {
        ExecutorOptions.Builder check = ExecutorOptions.builder();
        apply(config, check);
        return options -> apply(config, options);
    }

    private static void apply(BackendConfig config, ExecutorOptions.Builder options) {
        config.integer("concurrency", 1).ifPresent(options::concurrency);
        config.integer("queue", 0).ifPresent(options::queueCapacity);
        config.text("saturated").map(value -> policy(config, value)).ifPresent(options::whenSaturated);
        config.text("priorities").map(value -> flag(config, value)).ifPresent(options::priorities);
    }

    private static RejectionPolicy policy(BackendConfig config, String value) {
        if (value.startsWith(BLOCK)) {
            try {
                return RejectionPolicy.block(Duration.parse(value.substring(BLOCK.length())));
            } catch (DateTimeParseException e) {
                throw unknown(config, "saturated", value, "block: and an ISO duration such as block:PT2S", e);
            }
        }
        return switch (value) {
            case "abort" -> RejectionPolicy.abort();
            case "caller-runs" -> RejectionPolicy.callerRuns();
            default -> throw unknown(config, "saturated", value, "abort, caller-runs or block:PT2S", null);
        };
    }

    private static boolean flag(BackendConfig config, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unknown(config, "priorities", value, "true or false", null);
        };
    }

    private static IllegalArgumentException unknown(
            BackendConfig config, String key, String value, String known, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The value must be " + known + ": backend=" + config.name() + " " + key + "=" + value, cause);
    }
}
