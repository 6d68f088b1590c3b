package io.tournant.ipc.process.protocol;

import io.tournant.core.spi.CancelMode;
import io.tournant.ipc.ChannelException;
import java.nio.ByteBuffer;

/** A {@link CancelMode} as a payload: one byte, 0 to leave the task alone and 1 to interrupt it. */
public final class CancelRequest {

    private CancelRequest() {}

    /** Returns the payload. */
    public static byte[] encode(CancelMode mode) {
        return new byte[] {
            switch (mode) {
                case COOPERATIVE -> 0;
                case INTERRUPT -> 1;
            }
        };
    }

    /** Reads a payload. */
    public static CancelMode decode(ByteBuffer payload) throws ChannelException.Corrupt {
        int code = payload.remaining() == 1 ? payload.get() : -1;
        return switch (code) {
            case 0 -> CancelMode.COOPERATIVE;
            case 1 -> CancelMode.INTERRUPT;
            default -> throw new ChannelException.Corrupt("A request to cancel is one byte, 0 or 1: found=" + code);
        };
    }
}
