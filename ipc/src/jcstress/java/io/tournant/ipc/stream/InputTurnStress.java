package io.tournant.ipc.stream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.ipc.Message;
import io.tournant.ipc.frame.FrameReader;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads that receive: each message is received once, whole. */
@JCStressTest
@Outcome(
        id = {"1, 2", "2, 1"},
        expect = ACCEPTABLE,
        desc = "Each got one of the messages.")
@Outcome(expect = FORBIDDEN, desc = "A message was lost, torn or received twice.")
@State
public class InputTurnStress {

    private static final byte[] TWO_MESSAGES = twoMessages();

    private final Input input = new Input(new Tape(TWO_MESSAGES), new FrameReader(32, 100));

    @Actor
    public void one(II_Result result) {
        result.r1 = receive();
    }

    @Actor
    public void two(II_Result result) {
        result.r2 = receive();
    }

    /** Two that read at the same time may find anything, errors of the buffers between them included. */
    private int receive() {
        try {
            return input.receive(Deadline.NEVER) instanceof Message message ? message.kind() : 0;
        } catch (EndOfInput | InterruptedException | RuntimeException e) {
            return -1;
        }
    }

    private static byte[] twoMessages() {
        var sender = new Sender();
        sender.send(1, Deadline.NEVER);
        sender.send(2, Deadline.NEVER);
        return sender.tape.written();
    }
}
