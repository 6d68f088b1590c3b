package io.tournant.core.thread;

import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A platform thread that shows which run it executes. */
final class PlatformWorker extends Thread {
    /*
     * Fields     field   | this thread   | others         | edge
     *            current | writes, by    | read; replace  | CURRENT, STUCK
     *                    | CAS to null   | a run by Stuck |
     * Edges
     *            CURRENT  worker: current volatile, then the task begins and looks whether its executor is stopping ><
     *                     stopper: stop, then current volatile. One of the two sees the other, so the task is cancelled.
     *            STUCK    atomicity of the CAS: a run is given up while it is here, or it ends, never both
     */
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(PlatformWorker.class, "current", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Consumer<PlatformWorker> onExit;

    @SuppressWarnings("unused") // through CURRENT
    private @Nullable Object current; // a run, or one in a Stuck

    /** A run whose end is no longer waited for. */
    private record Stuck(TaskRun<?> run) {}

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

    /** This thread has executed the run. Returns false if that had been given up. */
    boolean ends(TaskRun<?> run) {
        if (CURRENT.compareAndSet(this, run, null)) { // STUCK
            return true;
        }
        CURRENT.setRelease(this, null); // CURRENT: a stopper that sees the old run cancels what has ended
        return false;
    }

    /** Returns true if this thread executes the run, and was not given up before. */
    boolean abandons(TaskRun<?> run) {
        return CURRENT.compareAndSet(this, run, new Stuck(run)); // STUCK
    }

    @Nullable
    TaskRun<?> current() {
        return switch (CURRENT.getVolatile(this)) { // CURRENT
            case null -> null;
            case Stuck stuck -> stuck.run();
            case Object run -> (TaskRun<?>) run;
        };
    }
}
