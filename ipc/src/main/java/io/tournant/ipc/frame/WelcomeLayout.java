package io.tournant.ipc.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where the fields of a listener's answer to a hello stand. */
public final class WelcomeLayout {
    /*
     * Overview   The first bytes from the listening to the connecting side, in answer to HelloLayout.
     *
     *            offset | length | field              | written by | read by    | mode
     *            -------+--------+--------------------+------------+------------+------
     *                 0 |      8 | MAGIC              | listener   | connecting | plain
     *                 8 |      2 | VERSION            | listener   | connecting | plain
     *                10 |      2 | VERDICT            | listener   | connecting | plain
     *                12 |      4 | MAX_MESSAGE_LENGTH | listener   | connecting | plain
     *                16 |      4 | CHECKSUM           | listener   | connecting | plain
     *
     * Bytes      Numbers are little-endian. MAGIC reads "TOURNANT". VERSION is the one that the listener speaks.
     *            VERDICT is 0 WELCOME, 1 WRONG_TOKEN, 2 WRONG_VERSION, 3 WRONG_USER, 4 NOT_A_PEER.
     *            MAX_MESSAGE_LENGTH is the longest payload in either direction: the smaller of what both sides agree to.
     * Valid      An answer is valid if and only if
     *            1. MAGIC is right, and CHECKSUM is the CRC-32 (that of zlib) of bytes 0 to 15,
     *            2. VERDICT is known,
     *            3. if it is WELCOME, VERSION is that of the hello and MAX_MESSAGE_LENGTH lies between 1 and its.
     * Version    An answer is 20 bytes long and keeps these fields in their places in every version.
     * Crash      A stream that ends within an answer is a refusal without a reason. After any answer but WELCOME the
     *            listener hangs up.
     */

    /** The length of an answer in bytes. */
    public static final int LENGTH = 20;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int VERDICT_OFFSET = 10;
    static final int MAX_MESSAGE_LENGTH_OFFSET = 12;
    static final int CHECKSUM_OFFSET = 16;

    private WelcomeLayout() {}

    /**
     * Returns a new buffer for an answer.
     *
     * @return an empty buffer
     */
    public static ByteBuffer newBuffer() {
        return FrameLayout.newBuffer(LENGTH);
    }

    /**
     * Writes an answer.
     *
     * @param verdict the answer
     * @param maxMessageLength the longest payload in either direction
     * @return the bytes, ready to be sent
     */
    public static ByteBuffer write(Verdict verdict, int maxMessageLength) {
        ByteBuffer target = newBuffer();
        target.putLong(HelloLayout.MAGIC).putShort(HelloLayout.VERSION).putShort(verdict.code());
        target.putInt(maxMessageLength);
        target.putInt(FrameLayout.checksum(target, 0, CHECKSUM_OFFSET));
        return target.flip();
    }

    /**
     * Reads a whole answer.
     *
     * @param welcome the bytes from position 0
     * @param maxMessageLength the longest payload that the hello agreed to
     * @return the answer, or null if it is not valid
     */
    public static @Nullable Verdict read(ByteBuffer welcome, int maxMessageLength) {
        boolean ours = welcome.getLong(MAGIC_OFFSET) == HelloLayout.MAGIC
                && welcome.getInt(CHECKSUM_OFFSET) == FrameLayout.checksum(welcome, 0, CHECKSUM_OFFSET);
        Verdict verdict = ours ? Verdict.ofCode(welcome.getShort(VERDICT_OFFSET)) : null;
        if (verdict != Verdict.WELCOME) {
            return verdict;
        }
        int agreed = maxMessageLength(welcome);
        boolean sound = version(welcome) == HelloLayout.VERSION && agreed >= 1 && agreed <= maxMessageLength;
        return sound ? verdict : null;
    }

    /**
     * Returns a field of an answer.
     *
     * @param welcome the bytes from position 0
     * @return the version that the listener speaks
     */
    public static int version(ByteBuffer welcome) {
        return Short.toUnsignedInt(welcome.getShort(VERSION_OFFSET));
    }

    /**
     * Returns a field of an answer.
     *
     * @param welcome the bytes from position 0
     * @return the longest payload in either direction
     */
    public static int maxMessageLength(ByteBuffer welcome) {
        return welcome.getInt(MAX_MESSAGE_LENGTH_OFFSET);
    }
}
