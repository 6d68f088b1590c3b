package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.frame.Collector;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The reader's side of a ring: records as frames. Trusts nothing that it finds there. Not thread-safe. */
final class RingReader {
    /*
     * Overview   See RingWriter. Whoever writes the ring is another process, so each word is read once, and nothing is taken
     *            from there unchecked. HEAD is moved on only when an eighth of the ring has been read, or when nothing is left.
     * Fields     commit word        read                          WRITTEN
     *            HEAD               written                       TAKEN
     *            position           where the next record begins
     *            head               HEAD as last stored
     *            kind, correlationId, payload   the message whose pieces are collected
     *
     * Edges
     *            WRITTEN  writer: a record, and 0 behind it, then its commit word release -> reader: that acquire, then both
     *            TAKEN    reader: records copied out, then HEAD release -> writer: HEAD acquire, then others in their place
     */
    private static final VarHandle LONGS =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();
    private static final Frame END = new Frame(FrameType.END, Message.of(0, 0));
    private static final Frame GOODBYE = new Frame(FrameType.GOODBYE, Message.of(0, 0));
    private static final byte[] NOTHING = {};

    private final MemorySegment file;
    private final long words;
    private final long start;
    private final ByteBuffer bytes;
    private final int capacity;
    private final int maxMessageLength;
    private long position;
    private long head;

    private final Collector payload = new Collector();
    private int kind;
    private long correlationId;

    /** Looks at a ring that nobody has used: its words, and its bytes. */
    RingReader(MemorySegment file, long words, long start, int capacity, int maxMessageLength) {
        this.file = file;
        this.words = words;
        this.start = start;
        this.capacity = capacity;
        this.maxMessageLength = maxMessageLength;
        bytes = file.asSlice(start, capacity).asByteBuffer();
    }

    /** Returns whether there is a record. */
    boolean hasRecord() {
        return (long) LONGS.getAcquire(file, start + index()) != 0; // WRITTEN
    }

    /** Takes the next record, if there is one; returns the frame that is whole with it, or null. */
    @Nullable
    Frame poll() throws ChannelException.Corrupt {
        int index = index();
        long word = (long) LONGS.getAcquire(file, start + index); // WRITTEN
        if (word == 0) {
            return null;
        }
        check(word, capacity - index);
        Frame frame = read(word, index);
        position += RecordLayout.aligned(RecordLayout.length(word));
        return frame;
    }

    /** Returns whether so much has been read that the writer is to be told. */
    boolean isHeadDue() {
        return position - head >= RecordLayout.mostLength(capacity);
    }

    /** Gives the writer the places back whose records were read; returns whether there were any. */
    boolean giveBack() {
        if (position == head) {
            return false;
        }
        head = position;
        LONGS.setRelease(file, words + RingLayout.HEAD, head); // TAKEN
        return true;
    }

    private int index() {
        return (int) position & (capacity - 1);
    }

    /** Checks what {@link RecordLayout} demands of a commit word. */
    private void check(long word, int left) throws ChannelException.Corrupt {
        int length = RecordLayout.length(word);
        byte type = RecordLayout.type(word);
        boolean message = type == RecordLayout.MESSAGE || type == RecordLayout.LONG;
        boolean valid = RecordLayout.reserved(word) == 0
                && (message || RecordLayout.kind(word) == 0)
                && length <= Math.min(left, RecordLayout.mostLength(capacity))
                && (type == RecordLayout.PADDING || (type == RecordLayout.PIECE) == (payload.missing() > 0))
                && switch (type) {
                    case RecordLayout.MESSAGE ->
                        length >= RecordLayout.HEADER_LENGTH && length - RecordLayout.HEADER_LENGTH <= maxMessageLength;
                    case RecordLayout.END, RecordLayout.GOODBYE -> length == RecordLayout.HEADER_LENGTH;
                    case RecordLayout.LONG -> length == RecordLayout.LONG_LENGTH;
                    case RecordLayout.PIECE ->
                        length > RecordLayout.HEADER_LENGTH && length - RecordLayout.HEADER_LENGTH <= payload.missing();
                    case RecordLayout.PADDING -> length == left;
                    default -> false;
                };
        if (!valid) {
            throw corrupt("commit word", word);
        }
    }

    private @Nullable Frame read(long word, int index) throws ChannelException.Corrupt {
        byte type = RecordLayout.type(word);
        int count = RecordLayout.length(word) - RecordLayout.HEADER_LENGTH;
        int at = index + RecordLayout.HEADER_LENGTH;
        if (type == RecordLayout.PADDING) {
            return null;
        }
        long id = (long) LONGS.get(file, start + index + RecordLayout.CORRELATION_ID_OFFSET);
        if (type == RecordLayout.MESSAGE) {
            byte[] copy = count == 0 ? NOTHING : new byte[count];
            bytes.get(at, copy, 0, count);
            return new Frame(FrameType.MESSAGE, Message.of(RecordLayout.kind(word), id, copy));
        }
        if (type == RecordLayout.LONG) {
            beginLong(word, id, (long) LONGS.get(file, start + at));
            return null;
        }
        if (id != 0) {
            throw corrupt("correlation id", id);
        }
        if (type == RecordLayout.PIECE) {
            payload.add(bytes, at, count);
            return payload.missing() > 0
                    ? null
                    : new Frame(FrameType.MESSAGE, Message.of(kind, correlationId, payload.take()));
        }
        return type == RecordLayout.END ? END : GOODBYE;
    }

    private void beginLong(long word, long id, long length) throws ChannelException.Corrupt {
        if (length <= RecordLayout.mostPayload(capacity) || length > maxMessageLength) {
            throw corrupt("length of a message", length);
        }
        kind = RecordLayout.kind(word);
        correlationId = id;
        payload.begin((int) length);
    }

    private ChannelException.Corrupt corrupt(String what, long value) {
        return new ChannelException.Corrupt("A record of a ring is not valid: field=" + what + " value=0x"
                + Long.toHexString(value) + " position=" + position + " capacity=" + capacity + " maxMessageLength="
                + maxMessageLength);
    }
}
