package io.tournant.ipc.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects the payload of one message after the other, of a length that was stated by somebody who is not trusted: beyond the
 * first megabyte memory grows only with the bytes that really arrive. Not thread-safe.
 */
public final class Collector {

    private static final int TRUSTED_LENGTH = 1 << 20;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;
    private int collected;

    /** Creates a collector for payloads. */
    public Collector() {}

    /**
     * Begins a payload. The previous one was taken.
     *
     * @param length how many bytes it will have
     */
    public void begin(int length) {
        bytes = length == 0
                ? NOTHING
                : new byte[Math.min(length, TRUSTED_LENGTH)]; // first: if it fails, nothing has begun
        this.length = length;
        collected = 0;
    }

    /**
     * Returns how many bytes are still missing.
     *
     * @return a number of bytes
     */
    public int missing() {
        return length - collected;
    }

    /**
     * Copies the next bytes, at most those that are missing.
     *
     * @param source where they are; its position stays
     * @param index where they begin
     * @param count how many they are
     */
    public void add(ByteBuffer source, int index, int count) {
        int needed = collected + count;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, Math.max(needed, 2L * bytes.length)));
        }
        source.get(index, bytes, collected, count);
        collected = needed;
    }

    /**
     * Hands out the payload, of which nothing is missing.
     *
     * @return an array of its length
     */
    public byte[] take() {
        byte[] payload = bytes;
        bytes = NOTHING;
        length = 0;
        collected = 0;
        return payload;
    }
}
