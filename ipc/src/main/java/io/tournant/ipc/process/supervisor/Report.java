package io.tournant.ipc.process.supervisor;

import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.TaskRun;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What came of giving a job to a worker. */
sealed interface Report {

    /** The worker answered. */
    record Answered(Consumer<TaskRun<@Nullable Object>> end, boolean workerUsable) implements Report {

        /** As this, of a worker that takes no other job. */
        Answered andSpent() {
            return new Answered(end, false);
        }
    }

    /** The worker is dead and buried, and had not begun the job. */
    record NeverBegan(WorkerCrashedException crash) implements Report {}

    /** The worker is dead and buried, and may have begun the job. */
    record Died(WorkerCrashedException crash) implements Report {}
}
