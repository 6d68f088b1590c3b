package io.tournant.core.context;

import io.tournant.core.spi.ContextElement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SLF4J's mapped diagnostic context. */
public enum MdcElement implements ContextElement<Map<String, String>> {
    /** The only one. */
    MDC;

    @Override
    public @Nullable Map<String, String> capture() {
        Map<String, String> values = org.slf4j.MDC.getCopyOfContextMap();
        return values == null || values.isEmpty() ? null : values;
    }

    @Override
    public Scope install(Map<String, String> value) {
        Map<String, String> before = org.slf4j.MDC.getCopyOfContextMap();
        org.slf4j.MDC.setContextMap(value);
        return () -> putBack(before);
    }

    @Override
    public Scope clear() {
        return install(Map.of());
    }

    private static void putBack(@Nullable Map<String, String> before) {
        if (before == null) {
            org.slf4j.MDC.clear();
        } else {
            org.slf4j.MDC.setContextMap(before);
        }
    }
}
