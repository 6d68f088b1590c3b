package io.tournant.ipc;

import java.nio.ByteBuffer;

/**
 * One message: a payload of bytes, with a kind and a correlation id whose meaning is the user's.
 *
 * <p>The payload is not copied: its bytes must not change while the message is being sent, and a received message is
 * its receiver's own. The bounds of a message never change; {@link #payload()} is a fresh view each time.
 *
 * @param kind what the message is, {@code 0} to {@value #MAX_KIND}
 * @param correlationId what the message belongs to, for example the request that it answers
 * @param payload the bytes between the position and the limit of the buffer given
 */
public record Message(int kind, long correlationId, ByteBuffer payload) implements Received {

    /** The greatest kind. */
    public static final int MAX_KIND = 255;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /**
     * Checks the kind and fixes the bounds of the payload.
     *
     * @throws IllegalArgumentException if the kind is out of range
     */
    public Message {
        if (kind < 0 || kind > MAX_KIND) {
            throw new IllegalArgumentException(
                    "The kind of a message lies between 0 and " + MAX_KIND + ": kind=" + kind);
        }
        payload = payload.slice();
    }

    /**
     * Returns a message around the bytes given, without copying them.
     *
     * @param kind what the message is
     * @param correlationId what the message belongs to
     * @param payload all of the payload
     * @return the message
     * @throws IllegalArgumentException if the kind is out of range
     */
    public static Message of(int kind, long correlationId, byte[] payload) {
        return new Message(kind, correlationId, ByteBuffer.wrap(payload));
    }

    /**
     * Returns a message without payload.
     *
     * @param kind what the message is
     * @param correlationId what the message belongs to
     * @return the message
     * @throws IllegalArgumentException if the kind is out of range
     */
    public static Message of(int kind, long correlationId) {
        return new Message(kind, correlationId, NOTHING);
    }

    /**
     * Returns the payload: a view of its own, from position 0, big-endian as every new buffer.
     *
     * @return a view of the bytes
     */
    @Override
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    /**
     * Returns the length of the payload.
     *
     * @return a length in bytes
     */
    public int length() {
        return payload.capacity();
    }

    /**
     * Returns the bytes of the payload: the array behind it if the payload fills one, as that of every received message
     * does, else a copy.
     *
     * @return an array as long as the payload
     */
    public byte[] toBytes() {
        boolean filled =
                payload.hasArray() && payload.arrayOffset() == 0 && payload.array().length == payload.capacity();
        if (filled) {
            return payload.array();
        }
        var bytes = new byte[payload.capacity()];
        payload.get(0, bytes);
        return bytes;
    }

    /** Returns the kind, the correlation id and the length, never the bytes. */
    @Override
    public String toString() {
        return "Message[kind=" + kind + ", correlationId=" + correlationId + ", length=" + length() + "]";
    }
}
