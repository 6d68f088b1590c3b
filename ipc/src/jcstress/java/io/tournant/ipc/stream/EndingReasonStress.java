package io.tournant.ipc.stream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.ipc.CloseReason;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Two threads that find different ends: one reason wins, and everyone hears that one, once. */
@JCStressTest
@Outcome(id = "true, false, [local]", expect = ACCEPTABLE, desc = "The close came first.")
@Outcome(id = "false, true, [died]", expect = ACCEPTABLE, desc = "The death came first.")
@Outcome(expect = FORBIDDEN, desc = "Not one winner, or not its reason, or not told once.")
@State
public class EndingReasonStress {

    private final Ending ending = new Ending();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    public EndingReasonStress() {
        ending.onAnnounced(reason -> told.add(reason instanceof CloseReason.Local ? "local" : "died"));
    }

    @Actor
    public void close(ZZL_Result result) {
        result.r1 = end(new CloseReason.Local());
    }

    @Actor
    public void findDeath(ZZL_Result result) {
        result.r2 = end(new CloseReason.PeerDied());
    }

    @Arbiter
    public void arbiter(ZZL_Result result) {
        result.r3 = told.toString();
    }

    private boolean end(CloseReason reason) {
        boolean first = ending.decide(reason);
        if (first) {
            ending.announce();
        }
        return first;
    }
}
