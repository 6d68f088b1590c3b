package io.tournant.pool;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Forked} computation with a result: what {@link java.util.concurrent.RecursiveTask} is to a {@link
 * java.util.concurrent.ForkJoinPool}. Code that extends that class ports by extending this one.
 *
 * @param <V> the type of the result
 */
public abstract non-sealed class ForkTask<V extends @Nullable Object> extends Forked<V> {

    private @Nullable V result;

    /** For subclasses. */
    protected ForkTask() {}

    /**
     * Computes the result, by itself or from that of other tasks that it forks and joins. Called once, by a worker.
     *
     * @return the result
     */
    protected abstract V compute();

    @Override
    final void exec() {
        result = compute();
    }

    @Override
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // null is as good a result as any if V admits it
    final V result() {
        return result;
    }
}
