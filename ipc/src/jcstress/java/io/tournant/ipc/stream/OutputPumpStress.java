package io.tournant.ipc.stream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.ipc.CloseReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A sender that does not wait leaves the rest of its frame to the pump; one that waits comes before or after it. */
@JCStressTest
@Outcome(
        id = {"sent, 1 2 G", "sent, 2 1 G"},
        expect = ACCEPTABLE,
        desc = "Both messages are out, whole.")
@Outcome(id = "full, 2 G", expect = ACCEPTABLE, desc = "There was no room at that moment.")
@Outcome(expect = FORBIDDEN, desc = "A message is lost or torn, or the sender was told something else.")
@State
public class OutputPumpStress {

    private final Sender sender = new Sender();

    @Actor
    public void tryToSend(LL_Result result) {
        result.r1 = sender.send(1, Deadline.NOW);
    }

    @Actor
    public void send() {
        sender.send(2, Deadline.NEVER);
    }

    @Arbiter
    public void arbiter(LL_Result result) {
        sender.ending.decide(new CloseReason.Local());
        sender.output.close();
        sender.tape.awaitClosed();
        result.r2 = sender.tape.reading();
    }
}
