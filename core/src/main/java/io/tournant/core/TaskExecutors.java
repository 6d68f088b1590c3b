package io.tournant.core;

import io.tournant.core.executor.ManagedExecutor;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.thread.DirectBackend;
import io.tournant.core.thread.PlatformBackend;
import io.tournant.core.thread.VirtualBackend;
import java.util.Objects;

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
        return over("platform", PlatformBackend.fixed(threads));
    }

    /**
     * Returns an executor on as many platform threads as there are tasks, reused for a minute. The threads keep the JVM
     * alive until the executor is closed.
     *
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor platform() {
        return over("platform", PlatformBackend.cached());
    }

    /**
     * Returns an executor that runs each task on a virtual thread of its own.
     *
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor virtual() {
        return over("virtual", new VirtualBackend());
    }

    /**
     * Returns an executor that runs each task on the thread that submits it, before {@code submit} returns. For tests,
     * and as the simplest thing that keeps the contract.
     *
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor direct() {
        return over("direct", new DirectBackend());
    }

    /**
     * Returns an executor on a backend, which from then on belongs to the executor.
     *
     * @param name the name that {@link TaskExecutor#backend()} returns
     * @param backend a backend that no other executor uses
     * @return a new executor, to be closed by the caller
     */
    public static TaskExecutor over(String name, TaskBackend backend) {
        return new ManagedExecutor(Objects.requireNonNull(name, "name"), Objects.requireNonNull(backend, "backend"));
    }
}
