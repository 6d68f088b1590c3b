package io.tournant.ipc.frame;

import static io.tournant.ipc.FuzzInput.require;

import com.sun.management.ThreadMXBean;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.FuzzInput;
import io.tournant.ipc.Message;
import io.tournant.ipc.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The reader of frames takes from any bytes, in any portions, exactly the frames that are there, and no more memory than the
 * bytes that arrive and a megabyte; what the writer writes is read back.
 *
 * <p>Input: one byte MODE, one byte for the portions, then the stream.
 */
public final class FrameFuzz {

    private static final int SEALED = 1;
    private static final int MANY = 7 << 1;

    /** The memory that is trusted to a length, and what a few hundred bytes of frames are worth. */
    private static final long BUDGET = (1 << 20) + (256 << 10);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FrameFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        var fuzzed = new FuzzInput(input);
        int mode = fuzzed.next();
        int portion = 1 + fuzzed.next();
        byte[] stream = fuzzed.rest();
        if ((mode & SEALED) != 0) {
            FrameModel.seal(stream);
        }
        // Seldom, since a megabyte takes its time.
        int maxLength = (mode & MANY) == MANY ? Transport.MESSAGE_LENGTH_LIMIT : 200;
        readsWhatIsThere(stream, portion, maxLength);
        readsWhatIsWritten(mode, stream, portion);
    }

    private static void readsWhatIsThere(byte[] stream, int portion, int maxLength) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        FrameModel read = read(stream, portion, maxLength);
        long between = THREADS.getCurrentThreadAllocatedBytes();
        if (between - before > BUDGET) {
            // Once more: a class that was loaded and instrumented meanwhile took memory, too.
            read = read(stream, portion, maxLength);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - between;
            require(allocated <= BUDGET, () -> stream.length + " bytes take memory: allocated=" + allocated);
        }
        FrameModel expected = FrameModel.of(stream, maxLength);
        if (!read.equals(expected)) {
            throw new AssertionError("Expected " + expected + ", but read " + read);
        }
    }

    private static void readsWhatIsWritten(int kind, byte[] payload, int portion) throws IOException {
        var message = Message.of(kind, portion * 0x123456789L, payload);
        var writer = new FrameWriter(FrameLayout.HEADER_LENGTH + portion);
        writer.begin(FrameType.MESSAGE, message);
        var stream = new byte[FrameLayout.HEADER_LENGTH + payload.length];
        var portions = new Portions(ByteBuffer.wrap(stream), portion);
        while (!writer.writeTo(portions)) {
            require(portions.bytes().hasRemaining(), () -> "The frame is longer than it should be");
        }
        FrameModel read = read(stream, portion, payload.length);
        require(
                read.equals(new FrameModel(List.of(new Frame(FrameType.MESSAGE, message)), false)),
                () -> "Wrote " + message + ", but read " + read);
    }

    private static FrameModel read(byte[] stream, int portion, int maxLength) throws IOException {
        var reader = new FrameReader(FrameLayout.HEADER_LENGTH + portion, maxLength);
        var source = new Portions(ByteBuffer.wrap(stream), portion);
        List<Frame> frames = new ArrayList<>();
        try {
            do {
                for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                    frames.add(frame);
                }
            } while (reader.fill(source) > 0);
            return new FrameModel(frames, false);
        } catch (ChannelException.Corrupt e) {
            return new FrameModel(frames, true);
        }
    }

    /** A frame, one after the other, one that claims the greatest length with nothing behind it, and garbage. */
    public static List<byte[]> seeds() {
        ByteBuffer frames = FrameLayout.newBuffer(200);
        put(frames, FrameType.MESSAGE, Message.of(7, 42, new byte[] {1, 2, 3}));
        ByteBuffer one = frames.duplicate().flip();
        put(frames, FrameType.MESSAGE, Message.of(255, -1, new byte[40]));
        put(frames, FrameType.END, Message.of(0, 0));
        put(frames, FrameType.GOODBYE, Message.of(0, 0));
        ByteBuffer claim = FrameLayout.newBuffer(FrameLayout.HEADER_LENGTH);
        FrameLayout.write(new FrameHeader(FrameType.MESSAGE, 1, 2, Transport.MESSAGE_LENGTH_LIMIT), claim);
        ByteBuffer portion = ByteBuffer.wrap(new byte[] {9});
        return List.of(
                FuzzInput.seed(0, portion, one),
                FuzzInput.seed(SEALED, portion, frames.flip()),
                FuzzInput.seed(SEALED | MANY, portion, claim.flip()),
                FuzzInput.seed(0, portion, ByteBuffer.allocate(30)));
    }

    private static void put(ByteBuffer target, FrameType type, Message message) {
        FrameLayout.write(new FrameHeader(type, message.kind(), message.correlationId(), message.length()), target);
        target.put(message.payload());
    }
}
