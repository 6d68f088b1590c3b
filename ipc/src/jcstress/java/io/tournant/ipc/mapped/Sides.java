package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Both sides of a ring in the memory of this JVM, with a counter for bells. */
final class Sides {

    static final int CAPACITY = RingLayout.LEAST_CAPACITY;

    final ByteRing writer;
    final ByteRing reader;

    Sides() {
        MemorySegment file = Arena.ofAuto().allocate(RingLayout.length(CAPACITY), 128);
        writer = new ByteRing(file, RingLayout.THERE_OFFSET, RingLayout.BYTES_OFFSET, CAPACITY);
        reader = new ByteRing(file, RingLayout.THERE_OFFSET, RingLayout.BYTES_OFFSET, CAPACITY);
    }

    /** Writes so many bytes of a value, as far as they fit; returns how many did. */
    int write(int count, byte value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, value);
        try {
            int written = writer.write(ByteBuffer.wrap(bytes));
            writer.publish();
            return written;
        } catch (ChannelException.Corrupt e) {
            throw new AssertionError(e);
        }
    }

    /** Reads at most so many bytes. */
    ByteBuffer read(int count) {
        ByteBuffer target = ByteBuffer.allocate(count);
        try {
            reader.read(target);
        } catch (ChannelException.Corrupt e) {
            throw new AssertionError(e);
        }
        return target.flip();
    }
}
