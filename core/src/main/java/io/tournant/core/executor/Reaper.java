package io.tournant.core.executor;

import io.tournant.core.TaskExecutor;
import io.tournant.core.spi.TaskBackend;
import java.lang.ref.Cleaner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shuts down the backend of an executor that nobody can close any more. */
final class Reaper {

    private static final Logger LOG = LoggerFactory.getLogger(TaskExecutor.class);
    private static final Cleaner CLEANER = Cleaner.create(
            task -> Thread.ofPlatform().daemon().name("tournant-reaper").unstarted(task));

    private final Estate estate;
    private final Cleaner.Cleanable cleanable;

    private Reaper(Object executor, Estate estate) {
        this.estate = estate;
        cleanable = CLEANER.register(executor, estate);
    }

    /** Watches an executor, or only seems to if it is not to be reaped. */
    static Reaper of(Object executor, String name, TaskBackend backend, boolean reaped) {
        boolean holdsSomething = reaped && !backend.traits().runsInCaller();
        return new Reaper(executor, new Estate(name, backend, holdsSomething));
    }

    /** The executor has been shut down in order. */
    void dismiss() {
        estate.settle();
        cleanable.clean();
    }

    /** Does not refer to the executor, which would then never become unreachable. */
    private static final class Estate implements Runnable {
        private final String name;
        private final TaskBackend backend;
        private boolean open; // guarded by the monitor of this

        Estate(String name, TaskBackend backend, boolean open) {
            this.name = name;
            this.backend = backend;
            this.open = open;
        }

        synchronized void settle() {
            open = false;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (!open) {
                    return;
                }
                open = false;
            }
            LOG.warn(
                    "An executor was forgotten and is shut down. Close it where it is no longer needed. executor={}",
                    name);
            var _ = backend.shutdown();
        }
    }
}
