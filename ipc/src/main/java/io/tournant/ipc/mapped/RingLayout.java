package io.tournant.ipc.mapped;

/** Where the words and the bytes of the two rings stand in a mapped file. */
public final class RingLayout {
    /*
     * Overview   The file that the connecting side makes and both sides map. It is removed as soon as both have.
     *
     *            offset | length | field         | written by           | read by   | mode
     *            -------+--------+---------------+----------------------+-----------+---------------------------------
     *                 0 |      8 | MAGIC         | connecting           | listener  | plain, before the hello
     *                 8 |      4 | VERSION       | connecting           | listener  | plain, before the hello
     *                12 |      4 | CAPACITY      | connecting           | listener  | plain, before the hello
     *                16 |    112 | RESERVED      | nobody               | nobody    | zero
     *               128 |   1024 | THERE         | see below            | see below | from the connecting side
     *              1152 |   1024 | BACK          | see below            | see below | to the connecting side
     *              2176 |   1920 | PADDING       | nobody               | nobody    | zero
     *              4096 |      0 | BYTES         | writers of the rings | readers   | CAPACITY for THERE, as much for BACK
     *
     *            of a ring   | from where it begins | written by           | read by   | mode
     *            HEAD          |                  0 | reader               | writer    | release, acquire
     *            READER_SLEEPS |                128 | both                 | both      | fences around, exchange
     *            WRITER_SLEEPS |                256 | both                 | both      | fences around, exchange
     *
     * Bytes      Numbers are little-endian. MAGIC reads "TOURRING". HEAD has 64 bits and counts the bytes of all records that
     *            were read. READER_SLEEPS and WRITER_SLEEPS have 32 bits, and are 0 or 1. BYTES are records (RecordLayout);
     *            the first stands at 0, byte n of all at n modulo CAPACITY, which is a power of two.
     * Valid      A file is valid if and only if
     *            1. it is as long as BYTES and two times CAPACITY, which is that of the offer,
     *            2. MAGIC, VERSION and CAPACITY are right.
     *            A ring is valid as long as its records are, HEAD never goes back, and never beyond what was written.
     * Writer     Writes a record if it fits before HEAD + CAPACITY together with a commit word, which is zeroed. Reads HEAD
     *            again only if it does not. Then looks at READER_SLEEPS, with a full fence before: who turns it from 1 to 0
     *            rings. When it sleeps for want of room it sets WRITER_SLEEPS, and looks at HEAD once more.
     * Reader     Reads a commit word, copies the record out. Moves HEAD when it has read an eighth of the ring, or finds no
     *            record; then does the same with WRITER_SLEEPS. When it sleeps it sets READER_SLEEPS, and looks once more.
     * Bell       A byte of any value on the socket, either way. Whoever sleeps may be woken by it, and looks at its ring. A
     *            peer may ring when nobody sleeps. Nobody sleeps for more than a second without a look.
     * Crash      A side that dies leaves the records whose commit words it had stored; its socket ends, upon which the other
     *            reads what is there, and then the end. Nothing in the file is held by anybody.
     */

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int CAPACITY_OFFSET = 12;
    static final int RESERVED_OFFSET = 16;
    static final int THERE_OFFSET = 128;
    static final int BACK_OFFSET = 1152;
    static final int PADDING_OFFSET = 2176;
    static final int BYTES_OFFSET = 4096;

    /** The length of a file without the bytes of its rings. */
    static final int LENGTH = 4096;

    static final int HEAD = 0;
    static final int READER_SLEEPS = 128;
    static final int WRITER_SLEEPS = 256;

    static final long MAGIC = 0x47_4E_49_52_52_55_4F_54L;
    static final int VERSION = 2;

    /** The smallest capacity of a ring: a page. */
    static final int LEAST_CAPACITY = 4096;

    /** The greatest capacity of a ring. */
    static final int GREATEST_CAPACITY = 1 << 29;

    private RingLayout() {}

    /** Returns how long a file is. */
    static long length(int capacity) {
        return BYTES_OFFSET + 2L * capacity;
    }

    /** Returns whether a ring may have so many bytes. */
    static boolean isCapacity(int capacity) {
        return capacity >= LEAST_CAPACITY && capacity <= GREATEST_CAPACITY && Integer.bitCount(capacity) == 1;
    }
}
