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

/** A close beside a sender: what was sent goes out before the goodbye, what was not sent does not. */
@JCStressTest
@Outcome(id = "sent, 1 G", expect = ACCEPTABLE, desc = "The message came first.")
@Outcome(id = "closed, G", expect = ACCEPTABLE, desc = "The close came first.")
@Outcome(expect = FORBIDDEN, desc = "The sender was told something else than the peer.")
@State
public class OutputCloseStress {

    private final Sender sender = new Sender();

    @Actor
    public void send(LL_Result result) {
        result.r1 = sender.send(1, Deadline.NEVER);
    }

    @Actor
    public void close() {
        sender.ending.decide(new CloseReason.Local());
        sender.output.close();
    }

    @Arbiter
    public void arbiter(LL_Result result) {
        sender.tape.awaitClosed();
        result.r2 = sender.tape.reading();
    }
}
