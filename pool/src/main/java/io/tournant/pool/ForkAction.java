package io.tournant.pool;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Forked} computation without a result: what {@link java.util.concurrent.RecursiveAction} is to a {@link
 * java.util.concurrent.ForkJoinPool}. Code that extends that class ports by extending this one.
 */
public abstract non-sealed class ForkAction extends Forked<@Nullable Void> {

    /** For subclasses. */
    protected ForkAction() {}

    /** Computes, by itself or with other tasks that it forks and joins. Called once, by a worker. */
    protected abstract void compute();

    @Override
    final void exec() {
        compute();
    }

    @Override
    final @Nullable Void result() {
        return null;
    }
}
