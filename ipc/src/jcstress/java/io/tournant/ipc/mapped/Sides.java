package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Both sides of a ring in the memory of this JVM. */
final class Sides {

    static final int CAPACITY = RingLayout.LEAST_CAPACITY;

    /** What makes eight records of an eighth of the ring each. */
    static final int LONGEST = RecordLayout.mostPayload(CAPACITY);

    final RingWriter writer;
    final RingReader reader;
    final SleepFlag readerSleeps;
    final SleepFlag writerSleeps;

    Sides() {
        MemorySegment file = Arena.ofAuto().allocate(RingLayout.length(CAPACITY), 128);
        var ring = new RingFile.Direction(file, RingLayout.THERE_OFFSET, RingLayout.BYTES_OFFSET, CAPACITY);
        writer = ring.writer();
        reader = ring.reader(CAPACITY);
        readerSleeps = ring.readerSleeps();
        writerSleeps = ring.writerSleeps();
    }

    /** Writes a message of so many bytes of a value; returns whether there was room. */
    boolean write(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        try {
            return writer.write(FrameType.MESSAGE, Message.of(value, value, bytes));
        } catch (ChannelException.Corrupt e) {
            throw new AssertionError(e);
        }
    }

    /** Writes messages of that value until there is no room. */
    void fill(int length, int value) {
        while (write(length, value)) {
            Thread.onSpinWait();
        }
    }

    /** Reads a frame, if there is one, or a record of another kind. */
    @Nullable
    Message read() {
        try {
            Frame frame = reader.poll();
            return frame == null ? null : frame.message();
        } catch (ChannelException.Corrupt e) {
            return Message.of(255, 255);
        }
    }

    /** The sum of kind, correlation id and all bytes. */
    static int sum(@Nullable Message message) {
        if (message == null) {
            return 0;
        }
        int sum = message.kind() + (int) message.correlationId();
        for (byte each : message.toBytes()) {
            sum += each;
        }
        return sum;
    }
}
