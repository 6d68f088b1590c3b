package io.tournant.testkit;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import java.util.function.Consumer;

/** The contract over a backend with a defect. Run by {@link SeededDefectsTest} only. */
final class SeededContract extends IsolatingContractTest {

    static Defect defect = Defect.NONE;

    @Override
    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
        return TaskExecutors.over("seeded", new IsolatingBackend(2, defect), options);
    }
}
