package io.tournant.core.thread;

import io.tournant.core.BackendTraits;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Runs each task on the thread that submits it. */
public final class DirectBackend implements TaskBackend {

    private final LiveRuns live = new LiveRuns();

    /** Makes a backend. */
    public DirectBackend() {}

    @Override
    public BackendTraits traits() {
        return BackendTraits.caller();
    }

    @Override
    public void start(TaskRun<?> run) {
        boolean interrupted = Thread.interrupted(); // the caller's, not the task's
        try {
            live.taken(run).run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {
        // nothing waits
    }

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {
        live.forEach(visitor);
    }

    @Override
    public CompletionStage<Void> shutdown() {
        return live.shutdown();
    }
}
