package io.tournant.pool;

import io.tournant.pool.lines.Padding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What a worker runs just now; written by its thread alone, read by anybody. */
class CurrentTask extends Padding {
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

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends CurrentTask {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    }
}
