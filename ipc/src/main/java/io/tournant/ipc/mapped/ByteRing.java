package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One of the two rings of a file, as one side sees it: it either writes or reads there, one thread at a time. */
final class ByteRing {
    /*
     * Overview   The single-producer single-consumer ring of Lamport [1] for bytes. Each side owns a counter that the other
     *            only reads, and keeps it in a field as well, which no other process can change. The other's counter is
     *            checked whenever it is read, since whoever writes it is not trusted.
     *            [1] L. Lamport, Proving the Correctness of Multiprocess Programs, IEEE TSE 3(2), 1977
     *
     * Fields     field          | of a writer                | of a reader                | edge
     *            TAIL           | written                    | read                       | WRITTEN
     *            HEAD           | read                       | written                    | TAKEN
     *            READER_SLEEPS  | read, exchanged for 0      | written                    | SLEEP
     *            WRITER_SLEEPS  | written                    | read, exchanged for 0      | SLEEP
     *            own, other     | TAIL, HEAD as last seen    | HEAD, TAIL as last seen    | guarded by the turn to write
     *                           |                            |                            | or to read, as Wire says
     *
     * Edges
     *            WRITTEN  writer: bytes, then TAIL release -> reader: TAIL acquire, then the bytes
     *            TAKEN    reader: bytes copied out, then HEAD release -> writer: HEAD acquire, then others in their place
     *            SLEEP    who would sleep: its flag, full fence, then the other's counter >< the other: its counter,
     *                     full fence, then the flag. One of the two sees the other: it does not sleep, or is rung for.
     */
    private static final VarHandle LONGS =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();
    private static final VarHandle INTS =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();

    private final MemorySegment file;
    private final long words;
    private final ByteBuffer bytes;
    private final int capacity;
    private long own;
    private long other;

    /**
     * Looks at a ring that nobody has used.
     *
     * @param file the file
     * @param words where its words stand
     * @param bytes where its bytes stand
     * @param capacity how many of these there are
     */
    ByteRing(MemorySegment file, long words, long bytes, int capacity) {
        this.file = file;
        this.words = words;
        this.bytes = file.asSlice(bytes, capacity).asByteBuffer();
        this.capacity = capacity;
    }

    // ------------------------------------------------------------------ the writer's

    /** Copies in what fits. Returns how much that was. The reader does not see it before {@link #publish}. */
    int write(ByteBuffer source) throws ChannelException.Corrupt {
        int length = source.remaining();
        if (length > free()) {
            length = Math.min(length, freeNow());
        }
        int start = (int) own & (capacity - 1);
        int first = Math.min(length, capacity - start);
        bytes.put(start, source, source.position(), first);
        bytes.put(0, source, source.position() + first, length - first);
        source.position(source.position() + length);
        own += length;
        return length;
    }

    /** Shows the reader what was written. */
    void publish() {
        LONGS.setRelease(file, words + RingLayout.TAIL, own); // WRITTEN
    }

    /** Returns whether so much is free that it is worth going on. */
    boolean hasRoom() throws ChannelException.Corrupt {
        return freeNow() >= capacity / 4;
    }

    private int free() {
        return capacity - (int) (own - other);
    }

    private int freeNow() throws ChannelException.Corrupt {
        long head = (long) LONGS.getAcquire(file, words + RingLayout.HEAD); // TAKEN
        if (head < other || head > own) {
            throw corrupt("HEAD", head);
        }
        other = head;
        return free();
    }

    // ------------------------------------------------------------------ the reader's

    /** Copies out what is there and fits. Returns how much that was. */
    int read(ByteBuffer target) throws ChannelException.Corrupt {
        int length = Math.min(target.remaining(), thereNow());
        int start = (int) own & (capacity - 1);
        int first = Math.min(length, capacity - start);
        target.put(target.position(), bytes, start, first);
        target.put(target.position() + first, bytes, 0, length - first);
        target.position(target.position() + length);
        own += length;
        LONGS.setRelease(file, words + RingLayout.HEAD, own); // TAKEN
        return length;
    }

    /** Returns whether there is something to read. */
    boolean hasBytes() throws ChannelException.Corrupt {
        return thereNow() > 0;
    }

    /** Returns whether so much is free that a writer that sleeps is to be woken. */
    boolean hasRoomForWriter() {
        return other - own <= capacity - capacity / 4;
    }

    private int thereNow() throws ChannelException.Corrupt {
        long tail = (long) LONGS.getAcquire(file, words + RingLayout.TAIL); // WRITTEN
        if (tail < other || tail - own > capacity) {
            throw corrupt("TAIL", tail);
        }
        other = tail;
        return (int) (tail - own);
    }

    // ------------------------------------------------------------------ sleep

    /** This side says that it sleeps, and then looks once more. */
    void sleeps(int flag) {
        INTS.setOpaque(file, words + flag, 1); // SLEEP
        VarHandle.fullFence(); // SLEEP
    }

    /** This side says that it is awake. A bell that is rung until the other sees that is for nobody. */
    void awake(int flag) {
        INTS.setOpaque(file, words + flag, 0); // opaque: a hint
    }

    /** Returns true if the other side slept, and this one has to ring. */
    boolean wakes(int flag) {
        VarHandle.fullFence(); // SLEEP
        return (int) INTS.getOpaque(file, words + flag) != 0 // SLEEP
                && (int) INTS.getAndSet(file, words + flag, 0) != 0; // SLEEP
    }

    private ChannelException.Corrupt corrupt(String word, long value) {
        return new ChannelException.Corrupt("A counter of a ring is out of range: counter=" + word + " value=" + value
                + " own=" + own + " before=" + other + " capacity=" + capacity);
    }
}
