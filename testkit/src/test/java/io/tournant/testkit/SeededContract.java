package io.tournant.testkit;

import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import java.util.OptionalInt;

/** The contract over a backend with a defect. Run by {@link SeededDefectsTest} only. */
final class SeededContract extends TaskExecutorContract {

    static CopyingBackend.Defect defect = CopyingBackend.Defect.NONE;

    @Override
    protected TaskExecutor open() {
        return TaskExecutors.over("seeded", new CopyingBackend(defect));
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
