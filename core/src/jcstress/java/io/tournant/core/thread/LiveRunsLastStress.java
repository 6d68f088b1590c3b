package io.tournant.core.thread;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletionStage;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** {@code LiveRuns.LAST}: the last run is let go of while the backend shuts down; one of the two finds none left. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "The backend is gone.")
@Outcome(expect = FORBIDDEN, desc = "Nobody said so.")
@State
public class LiveRunsLastStress {

    private final LiveRuns runs = new LiveRuns();
    private CompletionStage<Void> gone;
    private final LiveRuns.Taken last = runs.taken(Runs.any());

    @Actor
    public void worker() {
        last.letGo();
    }

    @Actor
    public void closer() {
        gone = runs.shutdown();
    }

    @Arbiter
    public void arbiter(Z_Result result) {
        result.r1 = gone.toCompletableFuture().isDone();
    }
}
