package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.frame.FrameType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The writer's side of a ring: one frame after the other as records. Not thread-safe. */
final class RingWriter {
    /*
     * Overview   A single-producer single-consumer ring in which the reader finds records by their own commit words, so that
     *            both sides share no counter while there is room; that of the reader is looked at only for want of it. A record
     *            is never cut in two by the end of the ring: PADDING fills what is left there.
     * Fields     commit word        written                       WRITTEN
     *            HEAD               read                          TAKEN
     *            position           where the next record begins; its commit word is 0
     *            head               HEAD as last seen, which the reader may not take back
     *            wanted             how much room there was not
     *            type, message, rest, started   a frame that did not fit at once: a reference is not stored without need,
     *                               since garbage collectors make that dear
     *
     * Edges
     *            WRITTEN  writer: a record, and 0 behind it, then its commit word release -> reader: that acquire, then both
     *            TAKEN    reader: records copied out, then HEAD release -> writer: HEAD acquire, then others in their place
     */
    private static final VarHandle LONGS =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();
    private static final Message NONE = Message.of(0, 0);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final MemorySegment file;
    private final long words;
    private final long start;
    private final ByteBuffer bytes;
    private final int capacity;
    private final int mostPayload;
    private long position;
    private long head;
    private int wanted;

    private FrameType type = FrameType.MESSAGE;
    private Message message = NONE;
    private ByteBuffer rest = NOTHING;
    private boolean started;

    /** Looks at a ring that nobody has used: its words, and its bytes. */
    RingWriter(MemorySegment file, long words, long start, int capacity) {
        this.file = file;
        this.words = words;
        this.start = start;
        this.capacity = capacity;
        bytes = file.asSlice(start, capacity).asByteBuffer();
        mostPayload = RecordLayout.mostPayload(capacity);
    }

    // ------------------------------------------------------------------ frames

    /** Begins a frame, and writes as much of it as there is room for; returns whether it is out. */
    boolean write(FrameType type, Message message) throws ChannelException.Corrupt {
        started = false;
        if (message.length() <= mostPayload) {
            ByteBuffer payload = message.payload();
            if (put(type.code(), message.kind(), message.correlationId(), payload, message.length())) {
                return true;
            }
        }
        this.type = type;
        this.message = message;
        rest = message.payload();
        return rest.remaining() > mostPayload && writeMore();
    }

    /** Writes as much of the rest of the frame as there is room for; returns whether it is out. */
    boolean writeMore() throws ChannelException.Corrupt {
        if (!writeRest()) {
            return false;
        }
        drop();
        return true;
    }

    private boolean writeRest() throws ChannelException.Corrupt {
        if (!started && rest.remaining() <= mostPayload) {
            return put(type.code(), message.kind(), message.correlationId(), rest, rest.remaining());
        }
        started = started || putLong();
        while (started && rest.hasRemaining()) {
            if (!put(RecordLayout.PIECE, 0, 0, rest, Math.min(rest.remaining(), mostPayload))) {
                return false;
            }
        }
        return started;
    }

    boolean isStarted() {
        return started;
    }

    void keepRest() {
        rest = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
        message = NONE; // its kind and its id are out
    }

    /** Forgets the payload, which is somebody else's. */
    void drop() {
        rest = NOTHING;
        message = NONE;
    }

    /** Writes a record with the next bytes of a payload, if there is room. */
    private boolean put(byte recordType, int kind, long correlationId, ByteBuffer payload, int count)
            throws ChannelException.Corrupt {
        int length = RecordLayout.HEADER_LENGTH + count;
        int index = claim(length);
        if (index < 0) {
            return false;
        }
        bytes.put(index + RecordLayout.HEADER_LENGTH, payload, payload.position(), count);
        payload.position(payload.position() + count);
        commit(index, RecordLayout.word(recordType, kind, length), correlationId);
        return true;
    }

    private boolean putLong() throws ChannelException.Corrupt {
        int index = claim(RecordLayout.LONG_LENGTH);
        if (index < 0) {
            return false;
        }
        LONGS.set(file, start + index + RecordLayout.HEADER_LENGTH, (long) rest.remaining());
        commit(
                index,
                RecordLayout.word(RecordLayout.LONG, message.kind(), RecordLayout.LONG_LENGTH),
                message.correlationId());
        return true;
    }

    // ------------------------------------------------------------------ records

    /** How far this side has come; what it has written is for the other to see. */
    long position() {
        return position;
    }

    /** Finds room for a record; returns where, or -1. */
    private int claim(int length) throws ChannelException.Corrupt {
        int index = (int) position & (capacity - 1);
        int size = RecordLayout.aligned(length);
        int left = capacity - index;
        int skipped = size <= left ? 0 : left;
        if (!fits(skipped + size)) {
            return -1;
        }
        if (skipped == 0) {
            return index;
        }
        commit(index, RecordLayout.word(RecordLayout.PADDING, 0, left), 0);
        return 0;
    }

    /** Shows the reader a record that is copied in, and that none follows yet. */
    private void commit(int index, long word, long correlationId) {
        int size = RecordLayout.aligned(RecordLayout.length(word));
        if (size > RecordLayout.WORD_LENGTH) {
            LONGS.set(file, start + index + RecordLayout.CORRELATION_ID_OFFSET, correlationId);
        }
        LONGS.set(file, start + ((index + size) & (capacity - 1)), 0L);
        LONGS.setRelease(file, start + index, word); // WRITTEN
        position += size;
    }

    /** Returns whether there is so much room, and for a commit word behind it. */
    private boolean fits(int size) throws ChannelException.Corrupt {
        wanted = size + RecordLayout.WORD_LENGTH;
        return position + wanted - head <= capacity || hasRoom();
    }

    /** Returns whether there is the room that was wanted last. */
    boolean hasRoom() throws ChannelException.Corrupt {
        long seen = (long) LONGS.getAcquire(file, words + RingLayout.HEAD); // TAKEN
        if (seen < head || seen > position) {
            throw new ChannelException.Corrupt("The counter of a ring is out of range: HEAD=" + seen + " before=" + head
                    + " position=" + position + " capacity=" + capacity);
        }
        head = seen;
        return position + wanted - head <= capacity;
    }
}
