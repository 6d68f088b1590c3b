package io.tournant.core.spi;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Something that belongs to the submitter's thread and is to be there for its task as well: a logging context, a tenant, a
 * trace. An element is used by an executor that was told to {@linkplain io.tournant.core.ExecutorOptions.Builder#carry carry}
 * it, and by every executor if it is installed as a {@link java.util.ServiceLoader service}, which is looked up once.
 *
 * <p>To a worker process both the element and its value travel with the task; both must then be serializable in fact.
 *
 * @param <V> the type of what is carried
 */
public interface ContextElement<V> extends Serializable {

    /**
     * Returns what there is on the calling thread. Called on the submitter's thread by {@code submit} and {@code execute}; what
     * it throws, they throw.
     *
     * @return an immutable value, or null for nothing
     */
    @Nullable
    V capture();

    /**
     * Puts a value in place on the calling thread, which is about to execute the task. Not called if nothing was captured.
     * If it throws, the task fails with that.
     *
     * @param value what was captured
     * @return puts back what was there before; called on the same thread when the task has ended
     */
    Scope install(V value);

    /**
     * Takes away what there is on the calling thread, which belongs to a task and is about to execute another one that this
     * one waits for, whatever that one's submitter had.
     *
     * @implSpec the default takes nothing away: a task whose submitter had nothing then finds what there is
     * @return puts it back; called on the same thread when the other task has ended
     */
    default Scope clear() {
        return () -> {};
    }

    /** What is in place until it is closed. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {

        /** Puts back what was there before. */
        @Override
        void close();
    }
}
