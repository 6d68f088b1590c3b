package io.tournant.core.thread;

import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A platform thread that shows which run it executes. */
final class PlatformWorker extends Thread {
    /*
     * Fields     field   | this thread | others | edge
     *            current | writes      | read   | CURRENT
     * Edges
     *            CURRENT  worker: current volatile, then the task begins and looks whether its executor is stopping ><
     *                     stopper: stop, then current volatile. One of the two sees the other, so the task is cancelled.
     */
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(PlatformWorker.class, "current", TaskRun.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Consumer<PlatformWorker> onExit;

    @SuppressWarnings("unused") // through CURRENT
    private @Nullable TaskRun<?> current;

    PlatformWorker(Runnable loop, String name, Consumer<PlatformWorker> onExit) {
        super(null, loop, name, 0, false); // nothing of whichever thread happens to submit first
        setDaemon(false);
        this.onExit = onExit;
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            onExit.accept(this);
        }
    }

    /** This thread is about to execute a run. */
    void begins(TaskRun<?> run) {
        CURRENT.setVolatile(this, run); // CURRENT
    }

    /** This thread has executed the run. */
    void ends() {
        CURRENT.setRelease(this, null); // CURRENT: a stopper that sees the old run cancels what has ended
    }

    @Nullable
    TaskRun<?> current() {
        return (TaskRun<?>) CURRENT.getVolatile(this); // CURRENT
    }
}
