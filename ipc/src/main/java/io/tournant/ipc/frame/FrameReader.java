package io.tournant.ipc.frame;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together from a stream that delivers bytes in any portions.
 *
 * <p>Holds one buffer and the payload of one message, never more. Trusts nothing: a header is checked before memory is
 * taken for its payload, and beyond the first megabyte memory grows only with the bytes that really arrive. Not
 * thread-safe.
 */
public final class FrameReader {

    private static final int TRUSTED_LENGTH = 1 << 20;
    private static final byte[] NOTHING = {};

    private final ByteBuffer buffer;
    private final int maxLength;

    /** The frame whose payload is being collected. */
    private @Nullable FrameHeader header;

    private byte[] payload = NOTHING;
    private int collected;

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
            collected = 0;
            payload = current.length() == 0 ? NOTHING : new byte[Math.min(current.length(), TRUSTED_LENGTH)];
        }
        collect(current.length());
        return collected == current.length() ? finish(current) : null;
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

    private void collect(int length) {
        int portion = Math.min(length - collected, buffer.remaining());
        int needed = collected + portion;
        if (needed > payload.length) {
            payload = Arrays.copyOf(payload, (int) Math.min(length, Math.max(needed, 2L * payload.length)));
        }
        buffer.get(payload, collected, portion);
        collected = needed;
    }

    private Frame finish(FrameHeader finished) {
        var message = Message.of(finished.kind(), finished.correlationId(), payload);
        header = null;
        payload = NOTHING;
        return new Frame(finished.type(), message);
    }
}
