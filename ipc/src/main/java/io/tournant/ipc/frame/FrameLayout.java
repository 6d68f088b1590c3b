package io.tournant.ipc.frame;

import io.tournant.ipc.ChannelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Where the fields of a frame stand. */
public final class FrameLayout {
    /*
     * Overview   A direction of a connection is the greeting (HelloLayout one way, WelcomeLayout the other) and then
     *            frames without a gap: a header of 24 bytes and as many bytes of payload as it says.
     *
     *            offset | length | field          | written by | read by  | mode
     *            -------+--------+----------------+------------+----------+------
     *                 0 |      2 | MAGIC          | sender     | receiver | plain
     *                 2 |      1 | VERSION        | sender     | receiver | plain
     *                 3 |      1 | TYPE           | sender     | receiver | plain
     *                 4 |      1 | KIND           | sender     | receiver | plain
     *                 5 |      1 | FLAGS          | sender     | receiver | plain
     *                 6 |      2 | RESERVED       | sender     | receiver | plain
     *                 8 |      8 | CORRELATION_ID | sender     | receiver | plain
     *                16 |      4 | LENGTH         | sender     | receiver | plain
     *                20 |      4 | CHECKSUM       | sender     | receiver | plain
     *                24 | LENGTH | payload        | sender     | receiver | plain
     *
     * Bytes      Numbers are little-endian. MAGIC reads "Tn". KIND is unsigned, LENGTH signed.
     * Valid      A header is valid if and only if
     *            1. MAGIC is right,
     *            2. VERSION is the one that the greeting agreed on, so far always 1,
     *            3. CHECKSUM is the CRC-32 (that of zlib) of bytes 0 to 19,
     *            4. TYPE is 1 MESSAGE, 2 END or 3 GOODBYE,
     *            5. FLAGS and RESERVED are 0,
     *            6. LENGTH lies between 0 and the maximum that the greeting agreed on,
     *            7. KIND, CORRELATION_ID and LENGTH are 0 unless TYPE is MESSAGE.
     *            After END only GOODBYE is valid, after GOODBYE nothing is.
     * Reader     Collect 24 bytes; check 1 to 7 in that order before anything is allocated; collect LENGTH bytes.
     * Version    MAGIC and VERSION keep their places in every version. The rest may change with VERSION.
     * Crash      A stream that ends within a frame, or before GOODBYE, is the death of its sender. The whole frames
     *            before it are good, the torn one is dropped. The payload has no checksum: a local stream loses nothing.
     */

    /** The length of a header in bytes. */
    public static final int HEADER_LENGTH = 24;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 2;
    static final int TYPE_OFFSET = 3;
    static final int KIND_OFFSET = 4;
    static final int FLAGS_OFFSET = 5;
    static final int RESERVED_OFFSET = 6;
    static final int CORRELATION_ID_OFFSET = 8;
    static final int LENGTH_OFFSET = 16;
    static final int CHECKSUM_OFFSET = 20;

    static final short MAGIC = 'T' | 'n' << 8;
    static final byte VERSION = 1;

    private FrameLayout() {}

    /** Appends a header to a little-endian buffer. */
    static void write(FrameHeader header, ByteBuffer target) {
        int start = target.position();
        target.putShort(MAGIC);
        target.put(VERSION);
        target.put(header.type().code());
        target.put((byte) header.kind());
        target.put((byte) 0);
        target.putShort((short) 0);
        target.putLong(header.correlationId());
        target.putInt(header.length());
        target.putInt(checksum(target, start, CHECKSUM_OFFSET));
    }

    /** Takes a header from a little-endian buffer that holds one. */
    static FrameHeader read(ByteBuffer source, int maxLength) throws ChannelException.Corrupt {
        int start = source.position();
        check(source.getShort(start + MAGIC_OFFSET) == MAGIC, "does not begin with the magic number", source);
        check(source.get(start + VERSION_OFFSET) == VERSION, "has another version", source);
        check(
                source.getInt(start + CHECKSUM_OFFSET) == checksum(source, start, CHECKSUM_OFFSET),
                "does not match its checksum",
                source);
        FrameType type = FrameType.ofCode(source.get(start + TYPE_OFFSET));
        int kind = Byte.toUnsignedInt(source.get(start + KIND_OFFSET));
        long correlationId = source.getLong(start + CORRELATION_ID_OFFSET);
        int length = source.getInt(start + LENGTH_OFFSET);
        if (type == null) {
            throw corrupt("is of no known type", source);
        }
        check(source.get(start + FLAGS_OFFSET) == 0, "has unknown flags", source);
        check(source.getShort(start + RESERVED_OFFSET) == 0, "uses the reserved bytes", source);
        check(length >= 0 && length <= maxLength, "has a length out of range, maxMessageLength=" + maxLength, source);
        check(
                type == FrameType.MESSAGE || (kind == 0 && correlationId == 0 && length == 0),
                "carries something although its type may not",
                source);
        source.position(start + HEADER_LENGTH);
        return new FrameHeader(type, kind, correlationId, length);
    }

    /**
     * Computes the CRC-32 of some bytes of a buffer.
     *
     * @param buffer the bytes
     * @param start where they begin
     * @param length how many there are
     * @return the checksum, that of zlib
     */
    public static int checksum(ByteBuffer buffer, int start, int length) {
        var crc = new CRC32();
        crc.update(buffer.slice(start, length));
        return (int) crc.getValue();
    }

    /**
     * Returns a little-endian buffer outside the heap, as the layouts want it.
     *
     * @param capacity how many bytes it holds
     * @return an empty buffer
     */
    public static ByteBuffer newBuffer(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void check(boolean valid, String wrong, ByteBuffer source) throws ChannelException.Corrupt {
        if (!valid) {
            throw corrupt(wrong, source);
        }
    }

    private static ChannelException.Corrupt corrupt(String wrong, ByteBuffer source) {
        var bytes = new byte[HEADER_LENGTH];
        source.get(source.position(), bytes);
        return new ChannelException.Corrupt(
                "The header of a frame " + wrong + ": header=" + HexFormat.of().formatHex(bytes));
    }
}
