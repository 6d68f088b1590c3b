package io.tournant.core.task;

import io.tournant.core.Task;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The submitted code: a Callable, or a Runnable that is none, kept as it is since a wrapper would be one more object a task. */
public final class Code {

    private Code() {}

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

    /** Returns the code of a Runnable whose task has the value null. */
    public static Object of(Runnable runnable) {
        return runnable instanceof Callable ? new RunnableTask<>(runnable, null) : runnable;
    }

    /** Returns the code of a Runnable whose task has a given value. */
    public static <T extends @Nullable Object> Callable<T> of(Runnable runnable, T result) {
        return new RunnableTask<>(runnable, result);
    }

    /** Executes code, whose value is a T or the null of a Runnable. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // whoever submits code knows its type
    static <T extends @Nullable Object> T call(Object code) throws Exception {
        if (code instanceof Callable<?> callable) {
            return (T) callable.call();
        }
        ((Runnable) code).run();
        return null;
    }

    /** Returns code as a Callable, which can be sent to another process if the code can. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as above
    public static <T extends @Nullable Object> Callable<T> asCallable(Object code) {
        return code instanceof Callable<?> callable
                ? (Callable<T>) callable
                : (Callable<T>) new RunnableTask<@Nullable Object>((Runnable) code, null);
    }

    /** Returns the Runnable that was submitted, or one that calls the Callable and drops its value. */
    public static Runnable asRunnable(Object code) {
        if (code instanceof RunnableTask<?> task) {
            return task.runnable();
        }
        if (!(code instanceof Callable<?> callable)) {
            return (Runnable) code;
        }
        return () -> {
            try {
                callable.call();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("A task withdrawn by shutdownNow and run by hand threw", e);
            }
        };
    }
}
