package io.tournant.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/** The input of one execution, taken piece by piece from the front; what is missing is zero. */
public final class FuzzInput {

    private final byte[] bytes;
    private int position;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The next byte, unsigned. */
    public int next() {
        return Byte.toUnsignedInt(next(1).get());
    }

    /** So many bytes, as a little-endian buffer. */
    public ByteBuffer next(int length) {
        return ByteBuffer.wrap(take(length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All other bytes. */
    public byte[] rest() {
        return take(bytes.length - position);
    }

    private byte[] take(int length) {
        var piece = new byte[length];
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, piece, 0, count);
        position += count;
        return piece;
    }

    /**
     * Puts a checksum right, so that what is checked after it is reached: it covers all bytes from the start up to itself. Not
     * that of the code under test.
     */
    public static void seal(ByteBuffer target, int start, int checksumOffset) {
        target.putInt(start + checksumOffset, checksum(target, start, checksumOffset));
    }

    /** Whether a checksum is right. */
    public static boolean isSealed(ByteBuffer source, int start, int checksumOffset) {
        return source.getInt(start + checksumOffset) == checksum(source, start, checksumOffset);
    }

    private static int checksum(ByteBuffer source, int start, int length) {
        var crc = new CRC32();
        crc.update(source.slice(start, length));
        return (int) crc.getValue();
    }

    /** An input to begin with. */
    public static byte[] seed(int mode, ByteBuffer... pieces) {
        int length = 1 + Arrays.stream(pieces).mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer seed = ByteBuffer.allocate(length).put((byte) mode);
        Arrays.stream(pieces).forEach(piece -> seed.put(piece.duplicate()));
        return bytes(seed, 0, length);
    }

    /** Some bytes of a buffer. */
    public static byte[] bytes(ByteBuffer source, int start, int length) {
        var bytes = new byte[length];
        source.get(start, bytes);
        return bytes;
    }

    /** Reports a finding unless something is as it must be. */
    public static void require(boolean right, Supplier<String> finding) {
        if (!right) {
            throw new AssertionError(finding.get());
        }
    }
}
