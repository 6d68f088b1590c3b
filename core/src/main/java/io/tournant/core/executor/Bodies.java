package io.tournant.core.executor;

import io.tournant.core.Task;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Turns what users submit into callables, and back. */
final class Bodies {

    private Bodies() {}

    /** A Runnable as a task. It can be sent to another process if both components can. */
    private record RunnableTask<T extends @Nullable Object>(
            Runnable runnable, @Nullable T result) implements Task<T> {
        @Override
        @SuppressWarnings("NullAway") // null where T allows it, which the checker does not follow
        public T call() {
            runnable.run();
            return result;
        }
    }

    static <T extends @Nullable Object> Callable<T> of(Runnable runnable, @Nullable T result) {
        return new RunnableTask<>(runnable, result);
    }

    /** Returns the Runnable that was submitted, or one that calls the Callable and drops its value. */
    static Runnable toRunnable(Callable<?> body) {
        if (body instanceof RunnableTask<?> task) {
            return task.runnable();
        }
        return () -> {
            try {
                body.call();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("A task withdrawn by shutdownNow and run by hand threw", e);
            }
        };
    }
}
