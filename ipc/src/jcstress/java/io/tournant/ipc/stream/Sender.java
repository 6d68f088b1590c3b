package io.tournant.ipc.stream;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import java.time.Duration;

/** An output on a tape, with a narrow stage, for actors. */
final class Sender {

    private static final int STAGE = 32;

    final Tape tape = new Tape();
    final Ending ending = new Ending();
    final Output output = new Output(new WireLink(tape, 0, STAGE), ending, Duration.ofMinutes(1));

    /** Sends a message of that kind, longer than the stage; tells how that went. */
    String send(int kind, Deadline deadline) {
        try {
            return output.send(Message.of(kind, kind, new byte[20]), deadline) ? "sent" : "full";
        } catch (ChannelException.Closed e) {
            return "closed";
        } catch (ChannelException | InterruptedException e) {
            throw new AssertionError(e);
        } catch (RuntimeException e) {
            return "torn"; // two that write at the same time may find anything, errors of the buffers between them
            // included
        }
    }
}
