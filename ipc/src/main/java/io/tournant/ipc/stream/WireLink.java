package io.tournant.ipc.stream;

import io.tournant.ipc.Message;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameReader;
import io.tournant.ipc.frame.FrameType;
import io.tournant.ipc.frame.FrameWriter;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Frames as bytes on a {@link Wire}. */
public final class WireLink implements Link {
    /*
     * Overview   Reads only when the buffer holds no whole frame, so who receives slowly holds the peer back.
     * Fields     reader  of the thread that reads
     *            writer  of the thread that has the turn to write
     */
    private static final int BUFFER_LENGTH = 64 << 10;

    private final Wire wire;
    private final FrameReader reader;
    private final FrameWriter writer;

    /**
     * Creates a link on a wire over which the greeting has gone. Closes the wire if there is no memory for buffers.
     *
     * @param wire the stream; the link closes it
     * @param maxMessageLength the longest payload that both sides agreed to
     * @return the link
     */
    public static WireLink over(Wire wire, int maxMessageLength) {
        try {
            return new WireLink(wire, maxMessageLength, BUFFER_LENGTH);
        } catch (RuntimeException | Error e) {
            wire.close();
            throw e;
        }
    }

    WireLink(Wire wire, int maxMessageLength, int bufferLength) {
        this.wire = wire;
        reader = new FrameReader(bufferLength, maxMessageLength);
        writer = new FrameWriter(bufferLength);
    }

    @Override
    public boolean write(FrameType type, Message message) throws IOException {
        writer.begin(type, message);
        return writeMore();
    }

    @Override
    public boolean writeMore() throws IOException {
        return writer.writeTo(wire);
    }

    @Override
    public boolean isStarted() {
        return writer.isStarted();
    }

    @Override
    public void keepRest() {
        writer.keepRest();
    }

    @Override
    public void drop() {
        writer.drop();
    }

    @Override
    public void awaitRoom(Deadline deadline) throws IOException, InterruptedException {
        wire.awaitWritable(deadline);
    }

    @Override
    public void wakeWriter() {
        wire.wakeWriter();
    }

    @Override
    public @Nullable Frame read(Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            Frame frame = reader.next();
            if (frame != null) {
                return frame;
            }
            int count = reader.fill(wire);
            if (count < 0) {
                throw new EOFException();
            }
            if (count == 0) {
                if (deadline.hasPassed()) {
                    return null;
                }
                wire.awaitReadable(deadline);
            }
        }
    }

    @Override
    public void closeInput() {
        wire.closeInput();
    }

    @Override
    public void closeOutput() {
        wire.closeOutput();
    }

    @Override
    public void close() {
        wire.close();
    }
}
