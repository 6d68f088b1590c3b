package io.tournant.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What a worker runs just now; written by its thread alone, read by anybody. */
final class CurrentTask {
    /*
     * Fields     task      worker writes | others read | CURRENT
     *
     * Edges      CURRENT   submitter: the content, ..., worker: task release -> other: task acquire, then the content
     *
     * Accepted   A task that was taken from its queue and does not run yet is seen in neither place.
     */
    private static final VarHandle TASK;

    static {
        try {
            TASK = MethodHandles.lookup()
                    .findVarHandle(CurrentTask.class, "task", Runnable.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused") // through TASK
    private @Nullable Runnable task;

    void set(Runnable running) {
        TASK.setRelease(this, running); // CURRENT
    }

    void clear() {
        TASK.setRelease(this, (Runnable) null); // CURRENT
    }

    @Nullable
    Runnable get() {
        return (Runnable) TASK.getAcquire(this); // CURRENT
    }
}
