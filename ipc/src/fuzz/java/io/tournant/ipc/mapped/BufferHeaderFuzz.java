package io.tournant.ipc.mapped;

import static io.tournant.ipc.FuzzInput.require;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.FuzzInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of a shared buffer is only what has its fields and is as long as they say.
 *
 * <p>Input: one byte MODE, the fields, the length of the file.
 */
public final class BufferHeaderFuzz {

    /** The file is as long as its fields say. */
    private static final int FITS = 1;

    private BufferHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var fuzzed = new FuzzInput(input);
        int mode = fuzzed.next();
        ByteBuffer fields = fuzzed.next(SharedBufferLayout.PADDING_OFFSET);
        long length = fields.getLong(SharedBufferLayout.LENGTH_OFFSET);
        long fileLength =
                (mode & FITS) != 0 ? 4096 + length : fuzzed.next(Long.BYTES).getLong();
        boolean expected =
                fields.equals(fields(length)) && length >= 1 && length <= 1L << 40 && fileLength == 4096 + length;
        try {
            long read = SharedBufferLayout.read(fields, fileLength);
            require(expected && read == length, () -> "Taken as valid: length=" + length + ", read=" + read);
        } catch (ChannelException.Corrupt e) {
            require(!expected, e::getMessage);
        }
    }

    private static ByteBuffer fields(long length) {
        return ByteBuffer.allocate(SharedBufferLayout.PADDING_OFFSET)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("TOURBUFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(0)
                .putLong(length)
                .flip();
    }

    public static List<byte[]> seeds() {
        ByteBuffer fileLength = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return List.of(
                FuzzInput.seed(0, SharedBufferLayout.fields(259), fileLength.putLong(0, 4096 + 259)),
                FuzzInput.seed(FITS, SharedBufferLayout.fields(1L << 40)),
                FuzzInput.seed(FITS, SharedBufferLayout.fields(-1)),
                FuzzInput.seed(FITS, fields(Long.MAX_VALUE)));
    }
}
