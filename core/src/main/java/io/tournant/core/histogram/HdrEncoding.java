package io.tournant.core.histogram;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The compressed V2 encoding of HdrHistogram, big-endian.
 *
 * <pre>
 * offset  length  field
 * 0       4       0x1c849314, compressed V2
 * 4       4       length of what follows
 * 8               deflated (RFC 1950):
 *   0     4         0x1c849313, V2
 *   4     4         length of the counts
 *   8     4         offset of normalizing, 0
 *   12    4         significant digits
 *   16    8         lowest value that is told from others
 *   24    8         highest value
 *   32    8         ratio of integer to double values, 1.0
 *   40              counts up to the last that is not 0, each a zig-zag LEB128 number; a negative one is that many zeros
 * </pre>
 */
public final class HdrEncoding {

    private static final int COMPRESSED_V2 = 0x1c849314;
    private static final int V2 = 0x1c849313;
    private static final int HEADER_LENGTH = 40;
    private static final int MAX_NUMBER_LENGTH = 9;

    private HdrEncoding() {}

    /** Encodes counts by {@link Buckets}. */
    public static byte[] encode(long[] counts) {
        byte[] deflated = deflate(payload(counts));
        return ByteBuffer.allocate(2 * Integer.BYTES + deflated.length)
                .putInt(COMPRESSED_V2)
                .putInt(deflated.length)
                .put(deflated)
                .array();
    }

    private static byte[] payload(long[] counts) {
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        ByteBuffer out = ByteBuffer.allocate(HEADER_LENGTH + used * MAX_NUMBER_LENGTH)
                .putInt(V2)
                .putInt(0)
                .putInt(0)
                .putInt(Buckets.SIGNIFICANT_DIGITS)
                .putLong(1)
                .putLong(Buckets.MAX_VALUE)
                .putDouble(1.0);
        for (int i = 0; i < used; ) {
            int zeros = zerosAt(counts, i, used);
            putZigZag(out, zeros > 1 ? -zeros : counts[i]);
            i += Math.max(1, zeros);
        }
        out.putInt(Integer.BYTES, out.position() - HEADER_LENGTH);
        byte[] payload = new byte[out.position()];
        out.get(0, payload);
        return payload;
    }

    private static int zerosAt(long[] counts, int from, int to) {
        int at = from;
        while (at < to && counts[at] == 0) {
            at++;
        }
        return at - from;
    }

    private static void putZigZag(ByteBuffer out, long value) {
        long rest = (value << 1) ^ (value >> 63);
        for (int i = 1; i < MAX_NUMBER_LENGTH && (rest & ~0x7fL) != 0; i++) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest); // the ninth byte carries eight bits
    }

    private static byte[] deflate(byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater();
                DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(payload);
        } catch (IOException e) {
            throw new AssertionError("Memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
