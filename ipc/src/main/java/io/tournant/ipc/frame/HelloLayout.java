package io.tournant.ipc.frame;

import io.tournant.ipc.Token;
import java.nio.ByteBuffer;

/** Where the fields of the first words stand that a connecting process says. */
public final class HelloLayout {
    /*
     * Overview   The first bytes from the connecting to the listening side.
     *
     *            offset | length | field              | written by | read by  | mode
     *            -------+--------+--------------------+------------+----------+------
     *                 0 |      8 | MAGIC              | connecting | listener | plain
     *                 8 |      2 | VERSION            | connecting | listener | plain
     *                10 |      2 | MEDIUM             | connecting | listener | plain
     *                12 |      4 | MAX_MESSAGE_LENGTH | connecting | listener | plain
     *                16 |     32 | TOKEN              | connecting | listener | plain
     *                48 |      4 | CHECKSUM           | connecting | listener | plain
     *
     * Bytes      Numbers are little-endian. MAGIC reads "TOURNANT". MEDIUM is 0 if frames follow on this socket, 1 if they
     *            go through a mapped file, 2 if they go through message queues, 3 if they go through pipes; each of these is
     *            offered in the bytes after the hello (PathOfferLayout, QueueOfferLayout), but for pipes that a child was
     *            started with, whose TOKEN is 0. MAX_MESSAGE_LENGTH is the longest payload that the connecting side agrees to.
     * Valid      A hello is valid if and only if
     *            1. MAGIC is right, and CHECKSUM is the CRC-32 (that of zlib) of bytes 0 to 47,
     *            2. VERSION is one that the listener speaks, so far 1 only,
     *            3. TOKEN is the listener's,
     *            4. MEDIUM is what the listener listens for, and MAX_MESSAGE_LENGTH at least 1.
     *            The listener checks in that order and answers with the first rule broken, as WelcomeLayout says.
     * Version    A hello is 52 bytes long and keeps MAGIC, VERSION and CHECKSUM in their places in every version.
     * Crash      A stream that ends within a hello is forgotten; the token stays good.
     */

    /** Frames follow on the socket. */
    public static final short SOCKET = 0;

    /** Frames go through a mapped file. */
    public static final short MAPPED = 1;

    /** Frames go through message queues. */
    public static final short QUEUE = 2;

    /** Frames go through pipes. */
    public static final short PIPE = 3;

    /** The length of a hello in bytes. */
    public static final int LENGTH = 52;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int MEDIUM_OFFSET = 10;
    static final int MAX_MESSAGE_LENGTH_OFFSET = 12;
    static final int TOKEN_OFFSET = 16;
    static final int CHECKSUM_OFFSET = 48;

    static final long MAGIC = 0x54_4E_41_4E_52_55_4F_54L;
    static final short VERSION = 1;

    private HelloLayout() {}

    /**
     * Returns a new buffer for a hello.
     *
     * @return an empty buffer
     */
    public static ByteBuffer newBuffer() {
        return FrameLayout.newBuffer(LENGTH);
    }

    /**
     * Writes a hello.
     *
     * @param maxMessageLength the longest payload that this side agrees to
     * @param token what the listener wants to see
     * @param medium what is talked over afterwards
     * @return the bytes, ready to be sent
     */
    public static ByteBuffer write(int maxMessageLength, Token token, short medium) {
        ByteBuffer target = newBuffer();
        target.putLong(MAGIC).putShort(VERSION).putShort(medium).putInt(maxMessageLength);
        target.put(token.toBytes());
        target.putInt(FrameLayout.checksum(target, 0, CHECKSUM_OFFSET));
        return target.flip();
    }

    /**
     * Checks a whole hello.
     *
     * @param hello the bytes from position 0
     * @param token the listener's
     * @param medium the listener's
     * @return the listener's answer
     */
    public static Verdict judge(ByteBuffer hello, Token token, short medium) {
        boolean ours = hello.getLong(MAGIC_OFFSET) == MAGIC
                && hello.getInt(CHECKSUM_OFFSET) == FrameLayout.checksum(hello, 0, CHECKSUM_OFFSET);
        if (!ours) {
            return Verdict.NOT_A_PEER;
        }
        if (hello.getShort(VERSION_OFFSET) != VERSION) {
            return Verdict.WRONG_VERSION;
        }
        var shown = new byte[Token.LENGTH];
        hello.get(TOKEN_OFFSET, shown);
        if (!token.equals(Token.of(shown))) {
            return Verdict.WRONG_TOKEN;
        }
        boolean sound = hello.getShort(MEDIUM_OFFSET) == medium && maxMessageLength(hello) >= 1;
        return sound ? Verdict.WELCOME : Verdict.NOT_A_PEER;
    }

    /**
     * Returns a field of a hello.
     *
     * @param hello the bytes from position 0
     * @return the longest payload that the connecting side agrees to
     */
    public static int maxMessageLength(ByteBuffer hello) {
        return hello.getInt(MAX_MESSAGE_LENGTH_OFFSET);
    }
}
