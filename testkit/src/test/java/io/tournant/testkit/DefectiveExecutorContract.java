package io.tournant.testkit;

import io.tournant.testkit.DefectiveExecutor.Flaw;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;

/** The contract over an executor with a defect. Run by {@link ExecutorServiceDefectsTest} only. */
final class DefectiveExecutorContract extends ExecutorServiceContract {

    static Flaw flaw = Flaw.NONE;

    @Override
    protected ExecutorService open() {
        return new DefectiveExecutor(flaw);
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
