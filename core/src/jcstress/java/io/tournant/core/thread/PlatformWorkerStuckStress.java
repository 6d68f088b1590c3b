package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.spi.TaskRun;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code PlatformWorker.STUCK}: a run ends while it is given up; its thread is replaced and comes back, or neither. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "It ended.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It was given up, and its thread knows.")
@Outcome(expect = FORBIDDEN, desc = "The pool keeps a thread too many, or loses one.")
@State
public class PlatformWorkerStuckStress {

    private static final TaskRun<Integer> RUN =
            new ManagedTask<>(new TaskId(1), TaskOptions.ofDefaults(), () -> 1, new TaskOwner() {});

    private final PlatformWorker worker = new PlatformWorker(() -> {}, "stress", w -> {});

    public PlatformWorkerStuckStress() {
        worker.begins(RUN);
    }

    @Actor
    public void runner(ZZ_Result result) {
        result.r1 = worker.ends(RUN);
    }

    @Actor
    public void canceller(ZZ_Result result) {
        result.r2 = worker.abandons(RUN);
    }
}
