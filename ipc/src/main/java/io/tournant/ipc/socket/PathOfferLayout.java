package io.tournant.ipc.socket;

import io.tournant.ipc.frame.FrameLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the fields of an offer stand, which follows the hello of a side that has made a file of rings, or a pair of FIFOs. */
public final class PathOfferLayout {
    /*
     * Overview   Right after HelloLayout, from the connecting to the listening side.
     *
     *            offset | length | field              | written by | read by  | mode
     *            -------+--------+--------------------+------------+----------+------
     *                 0 |      4 | CAPACITY           | connecting | listener | plain
     *                 4 |      2 | PATH_LENGTH        | connecting | listener | plain
     *                 6 |      2 | RESERVED           | connecting | listener | plain
     *                 8 |    256 | PATH               | connecting | listener | plain
     *               264 |      4 | CHECKSUM           | connecting | listener | plain
     *
     * Bytes      Numbers are little-endian. CAPACITY is that of each ring or pipe, in bytes. PATH is absolute, in UTF-8, then
     *            zeros: that of the file; or what the paths of the FIFOs begin with, which go on with ".there" for the one from
     *            the connecting to the listening side, and with ".back" for the other.
     * Valid      An offer is valid if and only if
     *            1. CHECKSUM is the CRC-32 (that of zlib) of bytes 0 to 263,
     *            2. RESERVED is 0, and PATH_LENGTH lies between 1 and 256,
     *            3. PATH is absolute, and what follows it is not looked at,
     *            4. CAPACITY is a power of two: from 4 KiB to 512 MiB, and PATH names a regular file that is a valid
     *               RingLayout of it; or from 8 KiB to 1 GiB, and PATH names two FIFOs, without a link as the last step to
     *               them, which belong to the listener's user, have mode 0600, and hold CAPACITY or more.
     *            The listener hangs up on who offers something else.
     * Crash      The listener removes what was offered when it has opened it, the connecting side when it has an answer. If that
     *            dies before either, it stays behind until somebody makes another, half a minute later or more.
     */

    /** The length of an offer in bytes. */
    public static final int LENGTH = 268;

    static final int CAPACITY_OFFSET = 0;
    static final int PATH_LENGTH_OFFSET = 4;
    static final int RESERVED_OFFSET = 6;
    static final int PATH_OFFSET = 8;
    static final int CHECKSUM_OFFSET = 264;

    private static final int MAX_PATH_LENGTH = CHECKSUM_OFFSET - PATH_OFFSET;

    /**
     * What is offered.
     *
     * @param path where
     * @param capacity how large
     */
    public record Offered(Path path, int capacity) {}

    private PathOfferLayout() {}

    /**
     * Tells whether a path fits.
     *
     * @param path which
     * @return whether an offer can name it
     */
    public static boolean fits(Path path) {
        return bytes(path).length <= MAX_PATH_LENGTH;
    }

    /**
     * Writes an offer.
     *
     * @param path where
     * @param capacity how large
     * @return the bytes, from position 0
     */
    public static ByteBuffer write(Path path, int capacity) {
        byte[] text = bytes(path);
        ByteBuffer target = FrameLayout.newBuffer(LENGTH);
        target.putInt(capacity)
                .putShort((short) text.length)
                .putShort((short) 0)
                .put(text);
        return target.position(0).putInt(CHECKSUM_OFFSET, FrameLayout.checksum(target, 0, CHECKSUM_OFFSET));
    }

    /**
     * Reads an offer.
     *
     * @param offer all of it, from position 0
     * @return what is offered; null if it is not valid so far
     */
    public static @Nullable Offered read(ByteBuffer offer) {
        ByteBuffer source = offer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int length = Short.toUnsignedInt(source.getShort(PATH_LENGTH_OFFSET));
        boolean sound = source.getInt(CHECKSUM_OFFSET) == FrameLayout.checksum(source, 0, CHECKSUM_OFFSET)
                && source.getShort(RESERVED_OFFSET) == 0
                && length >= 1
                && length <= MAX_PATH_LENGTH;
        if (!sound) {
            return null;
        }
        var text = new byte[length];
        source.get(PATH_OFFSET, text);
        try {
            Path path = Path.of(new String(text, StandardCharsets.UTF_8));
            return path.isAbsolute() ? new Offered(path, source.getInt(CAPACITY_OFFSET)) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }
}
