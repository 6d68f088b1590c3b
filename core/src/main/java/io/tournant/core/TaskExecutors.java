package io.tournant.core;

import io.tournant.core.executor.Backends;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.thread.DirectBackend;
import io.tournant.core.thread.PlatformBackend;
import io.tournant.core.thread.VirtualBackend;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes executors on the threads of this JVM, and on a backend at hand. */
public final class TaskExecutors {

    private TaskExecutors() {}

    /**
     * Returns an executor on a fixed number of platform threads with an unbounded queue. The threads keep the JVM alive
     * until the executor is closed.
     *
     * @param threads how many, from 1
     * @return a new executor, to be closed by the caller
     * @throws IllegalArgumentException if {@code threads} is less than 1
     */
    public static TaskExecutor platform(int threads) {
        return platform(threads, TaskExecutors::plain);
    }

    /**
     * As {@link #platform(int)}, with options of the executor.
     *
     * @param threads how many, from 1
     * @param options sets the options
     * @return a new executor, to be closed by the caller
     * @throws IllegalArgumentException if {@code threads} is less than 1, or an option is out of range or does not fit
     */
    public static TaskExecutor platform(int threads, Consumer<? super ExecutorOptions.Builder> options) {
        return over("platform", PlatformBackend.fixed(threads), options);
    }

    /**
     * Returns an executor on as many platform threads as there are tasks, reused for a minute. The threads keep the JVM
     * alive until the executor is closed.
     *
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor platform() {
        return platform(TaskExecutors::plain);
    }

    /**
     * As {@link #platform()}, with options of the executor.
     *
     * @param options sets the options
     * @return a new executor, to be closed by the caller
     * @throws IllegalArgumentException if an option is out of range or does not fit
     */
    public static TaskExecutor platform(Consumer<? super ExecutorOptions.Builder> options) {
        return over("platform", PlatformBackend.cached(), options);
    }

    /**
     * Returns an executor that runs each task on a virtual thread of its own.
     *
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor virtual() {
        return virtual(TaskExecutors::plain);
    }

    /**
     * As {@link #virtual()}, with options of the executor.
     *
     * @param options sets the options
     * @return a new executor, to be closed by the caller
     * @throws IllegalArgumentException if an option is out of range or does not fit
     */
    public static TaskExecutor virtual(Consumer<? super ExecutorOptions.Builder> options) {
        return over("virtual", new VirtualBackend(), options);
    }

    /**
     * Returns an executor that runs each task on the thread that submits it, before {@code submit} returns. For tests,
     * and as the simplest thing that keeps the contract.
     *
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor direct() {
        return direct(TaskExecutors::plain);
    }

    /**
     * As {@link #direct()}, with options of the executor.
     *
     * @param options sets the options
     * @return a new executor, to be closed by the caller
     * @throws IllegalArgumentException if an option is out of range or does not fit
     */
    public static TaskExecutor direct(Consumer<? super ExecutorOptions.Builder> options) {
        return over("direct", new DirectBackend(), options);
    }

    /**
     * Returns an executor on a backend, which from then on belongs to the executor.
     *
     * @param name the name that {@link TaskExecutor#backend()} returns
     * @param backend a backend that no other executor uses
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor over(String name, TaskBackend backend) {
        return over(name, backend, TaskExecutors::plain);
    }

    /**
     * As {@link #over(String, TaskBackend)}, with options of the executor. If they do not fit the backend, it is shut down.
     *
     * @param name the name that {@link TaskExecutor#backend()} returns
     * @param backend a backend that no other executor uses
     * @param options sets the options
     * @return a new executor, to be closed by the caller
     * @throws IllegalArgumentException if an option is out of range or does not fit
     */
    public static TaskExecutor over(
            String name, TaskBackend backend, Consumer<? super ExecutorOptions.Builder> options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(backend, "backend");
        return Backends.over(name, backend, options);
    }

    private static void plain(ExecutorOptions.Builder options) {
        // as they are
    }
}
