package io.tournant.ipc.mapped;

import static io.tournant.ipc.FuzzInput.require;

import io.tournant.ipc.FuzzInput;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of rings is only what begins as one of this version and of the capacity that was offered.
 *
 * <p>Input: one byte MODE, the first fields of the file.
 */
public final class RingHeaderFuzz {

    private static final int LEAST = 4096;
    private static final MemorySegment FILE = Arena.global().allocate(RingLayout.LENGTH, Long.BYTES);

    private RingHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var fuzzed = new FuzzInput(input);
        int capacity = LEAST << fuzzed.next() % 18;
        ByteBuffer fields = fuzzed.next(RingLayout.RESERVED_OFFSET);
        FILE.copyFrom(MemorySegment.ofBuffer(fields));
        boolean expected = fields.equals(fields(capacity));
        boolean found = RingFile.isOne(FILE, capacity);
        require(found == expected, () -> "Found to be a file of rings: " + found + ", capacity=" + capacity);
    }

    private static ByteBuffer fields(int capacity) {
        return ByteBuffer.allocate(RingLayout.RESERVED_OFFSET)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("TOURRING".getBytes(StandardCharsets.US_ASCII))
                .putInt(RingLayout.VERSION)
                .putInt(capacity)
                .flip();
    }

    public static List<byte[]> seeds() {
        return List.of(
                FuzzInput.seed(0, fields(LEAST)),
                FuzzInput.seed(8, fields(LEAST << 8)),
                FuzzInput.seed(1, fields(LEAST)),
                FuzzInput.seed(0, ByteBuffer.allocate(RingLayout.RESERVED_OFFSET)));
    }
}
