package io.tournant.ipc.stream;

import static io.tournant.ipc.FuzzInput.require;

import io.tournant.ipc.CloseReason;
import io.tournant.ipc.FuzzInput;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameFuzz;
import io.tournant.ipc.frame.FrameModel;
import io.tournant.ipc.frame.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Who receives from a peer that writes any bytes and is gone gets the messages before the end, then the end and the reason that
 * the order of the frames gives, and nothing else.
 *
 * <p>Input: as that of {@link FrameFuzz}.
 */
public final class InputFuzz {

    private static final int SEALED = 1;
    private static final int MAX_LENGTH = 200;

    private InputFuzz() {}

    /** What somebody gets to see of a stream. */
    private record Course(List<Message> messages, boolean ended, Class<? extends CloseReason> reason) {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        var fuzzed = new FuzzInput(input);
        int mode = fuzzed.next();
        int portion = 1 + fuzzed.next();
        byte[] stream = fuzzed.rest();
        if ((mode & SEALED) != 0) {
            FrameModel.seal(stream);
        }
        Course course = receive(written(stream, portion), portion);
        Course expected = expected(FrameModel.of(stream, MAX_LENGTH));
        require(course.equals(expected), () -> "Expected " + expected + ", but got " + course);
    }

    /** The other end of a wire on which somebody wrote something, and left. */
    private static Wire written(byte[] stream, int portion) throws IOException {
        MemoryWire[] ends = MemoryWire.pair(stream.length, portion);
        ByteBuffer rest = ByteBuffer.wrap(stream);
        while (rest.hasRemaining()) {
            ends[0].write(rest);
        }
        ends[0].close();
        return ends[1];
    }

    private static Course receive(Wire wire, int portion) throws InterruptedException {
        var in = new Input(new WireLink(wire, MAX_LENGTH, FrameModel.HEADER + portion));
        List<Message> messages = new ArrayList<>();
        boolean ended = false;
        try {
            Received received = in.receive(Deadline.NOW);
            while (received instanceof Message message) {
                messages.add(message);
                received = in.receive(Deadline.NOW);
            }
            ended = received == Received.Absent.END;
            in.settle();
            throw new AssertionError("There is no end: messages=" + messages + ", received=" + received);
        } catch (EndOfInput e) {
            return new Course(messages, ended, e.reason().getClass());
        }
    }

    private static Course expected(FrameModel stream) {
        List<Message> messages = new ArrayList<>();
        boolean ended = false;
        for (Frame frame : stream.frames()) {
            if (frame.type() == FrameType.GOODBYE) {
                return new Course(messages, ended, CloseReason.PeerClosed.class);
            }
            if (ended) {
                return new Course(messages, true, CloseReason.Corrupt.class);
            }
            if (frame.type() == FrameType.END) {
                ended = true;
            } else {
                messages.add(frame.message());
            }
        }
        return new Course(messages, ended, stream.corrupt() ? CloseReason.Corrupt.class : CloseReason.PeerDied.class);
    }

    public static List<byte[]> seeds() {
        return FrameFuzz.seeds();
    }
}
