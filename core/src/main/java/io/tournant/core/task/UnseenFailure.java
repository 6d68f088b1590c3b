package io.tournant.core.task;

import java.lang.ref.Cleaner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The failure of a task whose handle nobody has asked for it. It is logged when nobody can ask any more. */
final class UnseenFailure {

    private static final Logger LOG = LoggerFactory.getLogger(io.tournant.core.TaskExecutor.class);
    private static final Cleaner CLEANER = Cleaner.create(task ->
            Thread.ofPlatform().daemon().name("tournant-unseen-failures").unstarted(task));

    private final Report report;
    private final Cleaner.Cleanable cleanable;

    /** Has the class ready before the first failure, which may come with no stack left to load it. */
    static void load() {
        Notes.load();
    }

    UnseenFailure(Object handle, String name, Throwable cause) {
        report = new Report(name, cause);
        cleanable = CLEANER.register(handle, report);
    }

    /** Somebody asked. */
    void seen() {
        report.drop();
        cleanable.clean();
    }

    /** Does not refer to the handle, which would then never become unreachable. */
    private static final class Report implements Runnable {
        private final String name;
        private final Throwable cause;
        private boolean dropped; // guarded by the monitor of this

        Report(String name, Throwable cause) {
            this.name = name;
            this.cause = cause;
        }

        synchronized void drop() {
            dropped = true;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (dropped) {
                    return;
                }
            }
            Notes.warn(LOG, "A task failed, and nobody has asked its handle how it ended. task=" + name, cause);
        }
    }
}
