package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.admission.AdmissionGate;
import io.tournant.core.spi.TaskRun;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@code PlatformWorker.CURRENT}: a worker takes a task while its executor is stopped; it sees that, or the task is
 * seen.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The worker sees that it is to stop.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The stopper sees the task.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both.")
@Outcome(expect = FORBIDDEN, desc = "The task runs on, and nobody stops it.")
@State
public class PlatformWorkerCurrentStress {

    private static final TaskRun<Integer> RUN =
            new ManagedTask<>(new TaskId(1), TaskOptions.ofDefaults(), () -> 1, new TaskOwner() {});

    private final AdmissionGate gate = new AdmissionGate();
    private final PlatformWorker worker = new PlatformWorker(() -> {}, "stress", w -> {});

    @Actor
    public void runner(ZZ_Result result) {
        worker.begins(RUN);
        result.r1 = gate.isStopping();
    }

    @Actor
    public void stopper(ZZ_Result result) {
        gate.stop();
        result.r2 = worker.current() != null;
    }
}
