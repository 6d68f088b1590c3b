package io.tournant.ipc.stream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** {@code Turn.TURN} and {@code Turn.LINE}: two senders that both find the wire full: each waits for its turn, and neither frame is torn. */
@JCStressTest
@Outcome(
        id = {"1 2", "2 1"},
        expect = ACCEPTABLE,
        desc = "Both messages are out, whole.")
@Outcome(expect = FORBIDDEN, desc = "A message is lost or torn.")
@State
public class OutputTurnStress {

    private final Sender sender = new Sender();

    @Actor
    public void one() {
        sender.send(1, Deadline.NEVER);
    }

    @Actor
    public void two() {
        sender.send(2, Deadline.NEVER);
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sender.tape.reading();
    }
}
