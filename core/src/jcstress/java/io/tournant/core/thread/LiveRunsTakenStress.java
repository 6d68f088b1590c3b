package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code LiveRuns.TAKEN}: a run is taken while the backend shuts down; it is waited for, or turned away. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The run is waited for.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It was turned away.")
@Outcome(expect = FORBIDDEN, desc = "The backend is gone, and has a run; or it has none, and never goes.")
@State
public class LiveRunsTakenStress {

    private final LiveRuns runs = new LiveRuns();
    private CompletionStage<Void> gone;

    @Actor
    public void submitter(ZZ_Result result) {
        try {
            runs.taken(Runs.any());
            result.r1 = true;
        } catch (RejectedExecutionException e) {
            result.r1 = false;
        }
    }

    @Actor
    public void closer() {
        gone = runs.shutdown();
    }

    @Arbiter
    public void arbiter(ZZ_Result result) {
        result.r2 = gone.toCompletableFuture().isDone();
    }
}
