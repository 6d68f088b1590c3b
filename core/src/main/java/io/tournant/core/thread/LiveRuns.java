package io.tournant.core.thread;

import io.tournant.core.RejectedTaskException;
import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The runs of a backend that has no queue, from the moment each is taken to the moment its thread lets go of it. */
final class LiveRuns {
    /*
     * Overview   A run is shown from the moment it is taken. Whoever lets go of one after the shutdown looks whether that
     *            was the last.
     * Fields     shut | written by shutdown | read by takers and by those who let go | TAKEN, LAST
     * Edges
     *            TAKEN  taker: run shown by CAS, full fence, shut >< shutdown: shut, full fence, the runs. Either the run
     *                   is seen by who shuts down, or it is turned away.
     *            LAST   letting go: run no longer shown, full fence, shut >< shutdown: shut, full fence, the runs. One of
     *                   the two finds that none is left; and of two who let go at a time, the second in the order of their
     *                   fences.
     */
    private static final VarHandle SHUT;

    static {
        try {
            SHUT = MethodHandles.lookup().findVarHandle(LiveRuns.class, "shut", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ShownRuns shown = new ShownRuns();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    @SuppressWarnings("unused") // through SHUT
    private boolean shut;

    /** Takes a run. Its executing, or dropping, lets go of it. */
    Taken taken(TaskRun<?> run) {
        Taken taken = new Taken(run);
        shown.show(taken);
        if (isShut()) { // TAKEN
            taken.letGo();
            throw new RejectedTaskException(
                    RejectedTaskException.Reason.SHUTDOWN, "The backend is shut down and takes no more tasks");
        }
        return taken;
    }

    /** A run on its way through this backend, which is also what shows it. */
    final class Taken extends ShownRuns.Shown implements Runnable {

        private Taken(TaskRun<?> run) {
            super(run);
        }

        @Override
        public void run() {
            TaskRun<?> present = present();
            if (present == null) {
                throw new IllegalStateException("A run is executed once");
            }
            try {
                present.run();
            } finally {
                letGo();
            }
        }

        /** This run is over, or will not be executed. */
        void letGo() {
            strike();
            if (isShut()) { // LAST
                completeIfLast();
            }
        }
    }

    private boolean isShut() {
        VarHandle.fullFence(); // TAKEN, LAST
        return (boolean) SHUT.getOpaque(this); // TAKEN, LAST
    }

    private void completeIfLast() {
        if (shown.isEmpty()) {
            gone.complete(null);
        }
    }

    void forEach(Consumer<? super TaskRun<?>> visitor) {
        shown.forEach(visitor);
    }

    CompletionStage<Void> shutdown() {
        SHUT.setOpaque(this, true); // TAKEN, LAST
        VarHandle.fullFence(); // TAKEN, LAST
        completeIfLast();
        return gone;
    }
}
