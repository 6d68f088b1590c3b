package io.tournant.core.thread;

import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.spi.TaskRun;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;

/** What the stress tests of a backend show and let go of. */
final class Runs {

    private static final TaskRun<Integer> RUN =
            new ManagedTask<>(new TaskId(1), TaskOptions.ofDefaults(), () -> 1, new TaskOwner() {});

    private Runs() {}

    /** A run that nobody executes. */
    static TaskRun<?> any() {
        return RUN;
    }
}
