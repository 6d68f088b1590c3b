package io.tournant.core;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A computation that returns a value and may be sent to another process.
 *
 * <p>It is a {@link Callable} that is also {@link Serializable}, so that the same lambda runs on a thread or in a child
 * JVM: {@code executor.submit(() -> hash(file))} needs no cast. What the lambda captures must be serializable only where
 * the executor's backend crosses a process boundary; there it is checked when the task is submitted.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Callable<T>, Serializable {

    /**
     * Computes the value.
     *
     * @return the value, which may be null
     * @throws Exception if it cannot be computed; the handle then reports {@link TaskOutcome.Failed}
     */
    @Override
    T call() throws Exception;
}
