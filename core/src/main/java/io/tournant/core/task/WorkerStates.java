package io.tournant.core.task;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** What the workers of one executor keep between tasks: one object of each type for each thread. */
public final class WorkerStates {

    private final ThreadLocal<Map<Class<?>, Object>> ofThread = ThreadLocal.withInitial(HashMap::new);

    /** Makes an empty collection. */
    public WorkerStates() {}

    /** Returns the calling thread's object of a type, made at its first use. */
    <S> S get(Class<S> type, Supplier<? extends S> factory) {
        Map<Class<?>, Object> states = ofThread.get();
        Object known = states.get(type);
        if (known == null) {
            known = Objects.requireNonNull(factory.get(), "the state made by the factory");
            states.put(type, known); // not computeIfAbsent: the factory may use other states
        }
        return type.cast(known);
    }
}
