package io.tournant.core.thread;

import io.tournant.core.admission.AdmissionGate;
import io.tournant.core.spi.TaskRun;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The runs of a backend that has no queue, from the moment each is taken to the moment its thread lets go of it. */
final class LiveRuns {

    private final AdmissionGate gate = new AdmissionGate();
    private final Set<TaskRun<?>> running = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Counts a run in. The executor takes no run after shutdown, so the gate is open. */
    void taken() {
        gate.enter();
    }

    /** Executes a run on the calling thread and counts it out. */
    void execute(TaskRun<?> run) {
        running.add(run);
        try {
            run.run();
        } finally {
            running.remove(run);
            dropped();
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
