package io.tournant.core.task;

import io.tournant.core.TaskId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Numbers the tasks of this JVM from 1. */
public final class TaskIds {
    /*
     * Edges
     *            UNIQUE  atomicity of the increment: no two tasks get the same number. It orders nothing.
     */
    private static final VarHandle LAST;

    static {
        try {
            LAST = MethodHandles.lookup().findStaticVarHandle(TaskIds.class, "last", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through LAST
    private static long last;

    private TaskIds() {}

    /** Returns an id that was not returned before. */
    public static TaskId next() {
        return new TaskId((long) LAST.getAndAdd(1L) + 1); // UNIQUE
    }
}
