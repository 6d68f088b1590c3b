package io.tournant.core.thread;

import io.tournant.core.RejectedTaskException;
import io.tournant.core.admission.AdmissionGate;
import io.tournant.core.spi.TaskRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The runs of a backend that has no queue, from the moment each is taken to the moment its thread lets go of it. */
final class LiveRuns {

    private final AdmissionGate gate = new AdmissionGate();
    private final ShownRuns running = new ShownRuns();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Counts a run in. Executing what is returned counts it out. */
    Runnable taken(TaskRun<?> run) {
        if (gate.enter()
                != AdmissionGate.Entry.ADMITTED) { // the gate was empty before, and what follows on that is done
            throw new RejectedTaskException(
                    RejectedTaskException.Reason.SHUTDOWN, "The backend is shut down and takes no more tasks");
        }
        return new Taken(run);
    }

    /** A run on its way through this backend, which is also what shows it. */
    private final class Taken extends ShownRuns.Shown implements Runnable {

        Taken(TaskRun<?> run) {
            super(run);
        }

        @Override
        public void run() {
            try {
                execute(running);
            } finally {
                dropped();
            }
        }
    }

    /** Counts a run out that was taken and is not executed. */
    void dropped() {
        if (gate.leave()) {
            gone.complete(null);
        }
    }

    void forEach(Consumer<? super TaskRun<?>> visitor) {
        running.forEach(visitor);
    }

    CompletionStage<Void> shutdown() {
        if (gate.shut()) {
            gone.complete(null);
        }
        return gone;
    }
}
