package io.tournant.core.spi;

import io.tournant.core.Progress;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import io.tournant.core.task.WorkerStates;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a {@link TaskRun}: executes in a worker process what a backend sent there, under the id it has at home.
 * User code finds the same {@link io.tournant.core.TaskContext} as on a thread, and cancellation and interrupt hygiene
 * are those of a thread backend.
 *
 * @param <T> the type of the task's value
 */
public final class HostedTask<T extends @Nullable Object> implements Runnable {

    private static final WorkerStates STATES = new WorkerStates();

    private final ManagedTask<T> task;

    private HostedTask(ManagedTask<T> task) {
        this.task = task;
    }

    /**
     * Makes a task that is ready to run.
     *
     * @param <T> the type of the task's value
     * @param id the id it has in the process that submitted it
     * @param attempt the number of the attempt that it is there
     * @param options what the submitter asked for; time limits are shown by the context and not enforced
     * @param body the submitted code
     * @param onProgress receives what the task reports, on the reporting thread
     * @return the task
     */
    public static <T extends @Nullable Object> HostedTask<T> of(
            TaskId id, int attempt, TaskOptions options, Callable<T> body, Consumer<? super Progress> onProgress) {
        TaskOwner owner = new TaskOwner() {
            @Override
            public WorkerStates workerStates() {
                return STATES;
            }

            @Override
            public void onProgress(ManagedTask<?> task, Progress progress) {
                onProgress.accept(progress);
            }
        };
        ManagedTask<T> task = new ManagedTask<>(id, options, body, owner);
        task.ready(attempt);
        return new HostedTask<>(task);
    }

    /** Executes the task on the calling thread, once. Throws nothing, and leaves the interrupt flag clear. */
    @Override
    public void run() {
        task.run();
    }

    /**
     * Cancels the task.
     *
     * @param mode whether to interrupt it; a task cancelled without interruption may be interrupted later
     */
    public void cancel(CancelMode mode) {
        switch (mode) {
            case COOPERATIVE -> task.cancel(false);
            case INTERRUPT -> task.cancel(true);
        }
    }

    /**
     * Returns the handle, which tells the outcome after {@link #run()}.
     *
     * @return the handle
     */
    public TaskHandle<T> handle() {
        return task;
    }
}
