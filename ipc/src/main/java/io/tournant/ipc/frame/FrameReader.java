package io.tournant.ipc.frame;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together from a stream that delivers bytes in any portions.
 *
 * <p>Holds one buffer and the payload of one message, never more. Trusts nothing: a header is checked before memory is
 * taken for its payload. Not thread-safe.
 */
public final class FrameReader {

    private final ByteBuffer buffer;
    private final int maxLength;

    /** The frame whose payload is being collected. */
    private @Nullable FrameHeader header;

    private final Collector payload = new Collector();

    /**
     * Creates a reader.
     *
     * @param bufferLength how many bytes to take from the operating system at once, at least a header
     * @param maxLength the greatest length of a payload
     */
    public FrameReader(int bufferLength, int maxLength) {
        if (bufferLength < FrameLayout.HEADER_LENGTH) {
            throw new IllegalArgumentException("The buffer must hold a header: bufferLength=" + bufferLength);
        }
        buffer = FrameLayout.newBuffer(bufferLength).limit(0);
        this.maxLength = maxLength;
    }

    /**
     * Takes the next frame out of the bytes read so far.
     *
     * @return the frame, or null if more bytes must be read first
     * @throws ChannelException.Corrupt if the bytes are no frame; the reader is of no more use
     */
    public @Nullable Frame next() throws ChannelException.Corrupt {
        FrameHeader current = header;
        if (current == null) {
            if (buffer.remaining() < FrameLayout.HEADER_LENGTH) {
                return null;
            }
            current = FrameLayout.read(buffer, maxLength);
            header = current;
            payload.begin(current.length());
        }
        int portion = Math.min(payload.missing(), buffer.remaining());
        payload.add(buffer, buffer.position(), portion);
        buffer.position(buffer.position() + portion);
        return payload.missing() == 0 ? finish(current) : null;
    }

    /**
     * Reads more bytes. Call when {@link #next()} has returned null.
     *
     * @param source a stream that does not block
     * @return how many bytes were read, or -1 at the end of the stream
     * @throws IOException if the stream fails
     */
    public int fill(ReadableByteChannel source) throws IOException {
        buffer.compact();
        try {
            return source.read(buffer);
        } finally {
            buffer.flip();
        }
    }

    private Frame finish(FrameHeader finished) {
        var message = Message.of(finished.kind(), finished.correlationId(), payload.take());
        header = null;
        return new Frame(finished.type(), message);
    }
}
