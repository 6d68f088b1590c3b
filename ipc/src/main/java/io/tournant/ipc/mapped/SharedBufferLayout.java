package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.frame.FrameLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where the fields and the bytes of a shared buffer stand in its file. */
public final class SharedBufferLayout {
    /*
     * Overview   The file that one process makes, and every process that holds the buffer maps.
     *
     *            offset | length | field    | written by | read by      | mode
     *            -------+--------+----------+------------+--------------+------------------------------------------
     *                 0 |      8 | MAGIC    | maker      | who opens it | by system calls, before anybody knows the name
     *                 8 |      4 | VERSION  | maker      | who opens it | the same
     *                12 |      4 | RESERVED | maker      | who opens it | the same
     *                16 |      8 | LENGTH   | maker      | who opens it | the same
     *                24 |   4072 | PADDING  | maker      | nobody       | zero
     *              4096 |      0 | BYTES    | users      | users        | theirs, LENGTH bytes
     *
     * Bytes      Numbers are little-endian. MAGIC reads "TOURBUFF". LENGTH counts the bytes from BYTES on. Only these are
     *            mapped, so that nobody writes over the fields by mistake.
     * Valid      A file is valid if and only if
     *            1. MAGIC and VERSION are right, and RESERVED is 0,
     *            2. LENGTH lies between 1 and 2^40,
     *            3. the file is as long as 4096 and LENGTH.
     * Holders    Every process that holds the buffer has a shared lock (POSIX, of records) on byte 0 of the file, from before
     *            it looks at the fields until after it has unmapped the bytes. Who holds it no longer tries for an exclusive
     *            lock on that byte, without waiting; who has that removes the file. So does who finds a file left over.
     * Crash      A lock goes with its process. If nobody has one, the file stays until somebody sweeps, who takes it for left
     *            over half a minute after it was last modified.
     */

    /** The length of a file without the bytes of the buffer. */
    static final int LENGTH = 4096;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int RESERVED_OFFSET = 12;
    static final int LENGTH_OFFSET = 16;
    static final int PADDING_OFFSET = 24;
    static final int BYTES_OFFSET = 4096;

    /** The greatest length of a buffer. */
    public static final long MAX_LENGTH = 1L << 40;

    static final long MAGIC = 0x46_46_55_42_52_55_4F_54L;
    static final int VERSION = 1;

    private SharedBufferLayout() {}

    /** Writes the fields into a file of zeros. */
    static void write(FileChannel file, long length) throws IOException {
        ByteBuffer fields = fields(length);
        while (fields.hasRemaining()) {
            file.write(fields, fields.position());
        }
    }

    /** Returns the fields of a buffer of some length. */
    static ByteBuffer fields(long length) {
        return FrameLayout.newBuffer(PADDING_OFFSET)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(0)
                .putLong(length)
                .flip();
    }

    /** Returns the length of the buffer in a file. */
    static long read(FileChannel file) throws IOException {
        ByteBuffer fields = FrameLayout.newBuffer(PADDING_OFFSET);
        while (fields.hasRemaining() && file.read(fields, fields.position()) >= 0) {}
        return read(fields, file.size());
    }

    /** Returns the length of the buffer in a file that begins with these fields. */
    static long read(ByteBuffer fields, long fileLength) throws ChannelException.Corrupt {
        long length = fields.getLong(LENGTH_OFFSET);
        boolean valid = fields.getLong(MAGIC_OFFSET) == MAGIC
                && fields.getInt(VERSION_OFFSET) == VERSION
                && fields.getInt(RESERVED_OFFSET) == 0
                && length >= 1
                && length <= MAX_LENGTH
                && fileLength == BYTES_OFFSET + length;
        if (!valid) {
            throw new ChannelException.Corrupt(
                    "The file holds no shared buffer of this version: length=" + length + " fileLength=" + fileLength);
        }
        return length;
    }
}
