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

/** {@code LiveRuns.LAST}: the last two runs are let go of after the shutdown; one of the two finds none left. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "The backend is gone.")
@Outcome(expect = FORBIDDEN, desc = "Each saw the other's.")
@State
public class LiveRunsTwoStress {

    private final LiveRuns runs = new LiveRuns();
    private final CompletionStage<Void> gone;
    private final LiveRuns.Taken one = runs.taken(Runs.any());
    private final LiveRuns.Taken other = runs.taken(Runs.any());

    public LiveRunsTwoStress() {
        gone = runs.shutdown();
    }

    @Actor
    public void one() {
        one.letGo();
    }

    @Actor
    public void other() {
        other.letGo();
    }

    @Arbiter
    public void arbiter(Z_Result result) {
        result.r1 = gone.toCompletableFuture().isDone();
    }
}
