package io.tournant.ipc.mapped;

/** Where the fields of a record of a ring stand, and what its commit word says. */
public final class RecordLayout {
    /*
     * Overview   A ring holds records without a gap, each at a multiple of 8 bytes. A frame is one record, or, if its payload is
     *            longer than a record takes, a LONG and then its PIECEs.
     *
     *            offset | length | field          | written by | read by | mode
     *            -------+--------+----------------+------------+---------+----------------------------------------
     *                 0 |      4 | RECORD_LENGTH  | writer     | reader  | release, acquire, all 8 bytes at once
     *                 4 |      1 | TYPE           | writer     | reader  | the same
     *                 5 |      1 | KIND           | writer     | reader  | the same
     *                 6 |      2 | RESERVED       | writer     | reader  | the same
     *                 8 |      8 | CORRELATION_ID | writer     | reader  | plain, before the commit word
     *                16 |    any | payload        | writer     | reader  | plain, before the commit word
     *
     * Bytes      Numbers are little-endian. Bytes 0 to 7 are the commit word; it is 0 where there is no record yet.
     *            RECORD_LENGTH counts header and payload, not what follows up to the next multiple of 8. KIND is unsigned.
     *            The payload of a LONG is a number of 8 bytes: how long the payload of the message is.
     * Valid      A record is valid if and only if
     *            1. TYPE is 1 MESSAGE, 2 END, 3 GOODBYE, 4 LONG, 5 PIECE or 6 PADDING,
     *            2. RESERVED is 0, KIND is 0 unless TYPE is MESSAGE or LONG,
     *            3. RECORD_LENGTH is at most an eighth of the ring, and no more than what is left up to the ring's end,
     *            4. RECORD_LENGTH is all that is left if TYPE is PADDING; else it is 16 or more, 16 for END and GOODBYE, 24 for
     *               LONG, more than 16 for PIECE,
     *            5. CORRELATION_ID is 0 unless TYPE is MESSAGE, LONG or PADDING,
     *            6. the payload of a MESSAGE is no longer than the maximum agreed on, what a LONG states neither, and more
     *               than fits one record; its PIECEs have as many bytes in sum,
     *            7. after a LONG nothing but PIECE and PADDING comes until the message is whole, and PIECE nowhere else.
     *            After END only GOODBYE is valid, after GOODBYE nothing is.
     * Writer     Zeroes the commit word of the next record, copies its own in, then stores its commit word. So the word at
     *            which the reader looks next is 0, or of this round, never what lay there before.
     * Reader     Reads the commit word once; checks; copies out; checks what it has copied.
     * Crash      A record whose commit word is not stored was never written. A LONG without all its PIECEs is dropped.
     */

    /** The length of a header in bytes. */
    static final int HEADER_LENGTH = 16;

    static final int RECORD_LENGTH_OFFSET = 0;
    static final int TYPE_OFFSET = 4;
    static final int KIND_OFFSET = 5;
    static final int RESERVED_OFFSET = 6;
    static final int CORRELATION_ID_OFFSET = 8;

    /** The length of a commit word, and what the places of records are multiples of. */
    static final int WORD_LENGTH = 8;

    static final int LONG_LENGTH = HEADER_LENGTH + 8;

    private static final int TYPE_SHIFT = Byte.SIZE * TYPE_OFFSET;
    private static final int KIND_SHIFT = Byte.SIZE * KIND_OFFSET;
    private static final int RESERVED_SHIFT = Byte.SIZE * RESERVED_OFFSET;

    static final byte MESSAGE = 1;
    static final byte END = 2;
    static final byte GOODBYE = 3;
    static final byte LONG = 4;
    static final byte PIECE = 5;
    static final byte PADDING = 6;

    private RecordLayout() {}

    /** Returns how long the payload of one record is at most. */
    static int mostPayload(int capacity) {
        return mostLength(capacity) - HEADER_LENGTH;
    }

    /** Returns how long a record is at most. */
    static int mostLength(int capacity) {
        return capacity >> 3;
    }

    /** Returns how much room a record takes. */
    static int aligned(int length) {
        return (length + WORD_LENGTH - 1) & -WORD_LENGTH;
    }

    /** Returns a commit word. */
    static long word(byte type, int kind, int length) {
        return (long) kind << KIND_SHIFT | (long) type << TYPE_SHIFT | length;
    }

    static int length(long word) {
        return (int) word;
    }

    static byte type(long word) {
        return (byte) (word >>> TYPE_SHIFT);
    }

    static int kind(long word) {
        return (int) (word >>> KIND_SHIFT) & 0xFF;
    }

    static int reserved(long word) {
        return (int) (word >>> RESERVED_SHIFT);
    }
}
