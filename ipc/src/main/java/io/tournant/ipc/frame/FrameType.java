package io.tournant.ipc.frame;

import org.jspecify.annotations.Nullable;

/** What a frame says. The user's own distinction between messages is the kind, which this protocol does not look at. */
public enum FrameType {
    /** Carries a message. */
    MESSAGE(1),

    /** No message follows in this direction; the sender still receives. */
    END(2),

    /** The sender has closed the channel in good order: nothing follows, and it receives nothing more. */
    GOODBYE(3);

    private static final FrameType[] VALUES = values();

    private final byte code;

    FrameType(int code) {
        this.code = (byte) code;
    }

    /**
     * Returns how frames and records name it.
     *
     * @return a number of its own
     */
    public byte code() {
        return code;
    }

    static @Nullable FrameType ofCode(byte code) {
        int ordinal = code - 1;
        return ordinal >= 0 && ordinal < VALUES.length ? VALUES[ordinal] : null;
    }
}
