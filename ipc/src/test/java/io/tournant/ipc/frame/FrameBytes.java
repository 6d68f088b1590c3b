package io.tournant.ipc.frame;

import io.tournant.ipc.Message;
import java.nio.ByteBuffer;

/** Frames as bytes, right or wrong, for hostile peers. */
public final class FrameBytes {

    private FrameBytes() {}

    public static byte[] of(Message message) {
        return of(FrameType.MESSAGE, message);
    }

    public static byte[] of(FrameType type) {
        return of(type, Message.of(0, 0));
    }

    public static byte[] of(FrameType type, Message message) {
        ByteBuffer buffer = FrameLayout.newBuffer(FrameLayout.HEADER_LENGTH + message.length());
        FrameLayout.write(new FrameHeader(type, message.kind(), message.correlationId(), message.length()), buffer);
        buffer.put(message.payload()).flip();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** A header that claims some length. */
    public static byte[] claiming(int length) {
        ByteBuffer buffer = FrameLayout.newBuffer(FrameLayout.HEADER_LENGTH);
        FrameLayout.write(new FrameHeader(FrameType.MESSAGE, 0, 0, length), buffer);
        var bytes = new byte[FrameLayout.HEADER_LENGTH];
        buffer.flip().get(bytes);
        return bytes;
    }
}
