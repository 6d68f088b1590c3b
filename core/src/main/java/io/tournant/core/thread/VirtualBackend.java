package io.tournant.core.thread;

import io.tournant.core.BackendTraits;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Runs each task on a virtual thread of its own. */
public final class VirtualBackend implements TaskBackend {

    // One name for all: a number for each takes longer to write than the task takes to start.
    private final ThreadFactory threads =
            Thread.ofVirtual().name("tournant-virtual-worker").factory();
    private final LiveRuns live = new LiveRuns();

    /** Makes a backend without threads. */
    public VirtualBackend() {}

    @Override
    public BackendTraits traits() {
        return BackendTraits.threads();
    }

    @Override
    public void start(TaskRun<?> run) {
        LiveRuns.Taken taken = live.taken(run);
        try {
            threads.newThread(taken).start();
        } catch (Throwable e) { // no memory for a thread
            taken.letGo();
            throw e;
        }
    }

    @Override
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {
        // every run has a thread; those that have not begun see that the executor is stopping
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
