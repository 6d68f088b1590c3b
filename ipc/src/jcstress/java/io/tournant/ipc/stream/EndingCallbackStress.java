package io.tournant.ipc.stream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.ipc.CloseReason;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One thread ends the channel, another asks to be told: it is, once, and sees what was done before the announcement. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Told once, after the release.")
@Outcome(expect = FORBIDDEN, desc = "Not told, told twice, or told before the release.")
@State
public class EndingCallbackStress {

    private final Ending ending = new Ending();
    private final AtomicInteger calls = new AtomicInteger();
    private int released;
    private int seen;

    @Actor
    public void end() {
        if (ending.decide(new CloseReason.Local())) {
            released = 1;
            ending.announce();
        }
    }

    @Actor
    public void ask() {
        ending.onAnnounced(reason -> {
            seen = released;
            calls.incrementAndGet();
        });
    }

    @Arbiter
    public void arbiter(II_Result result) {
        result.r1 = calls.get();
        result.r2 = seen;
    }
}
