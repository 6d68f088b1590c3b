package io.tournant.ipc.queue;

import io.tournant.ipc.frame.FrameLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the fields of an offer stand, which follows the hello of a side that has made a pair of queues. */
public final class QueueOfferLayout {
    /*
     * Overview   Right after HelloLayout, from the connecting to the listening side.
     *
     *            offset | length | field              | written by | read by  | mode
     *            -------+--------+--------------------+------------+----------+------
     *                 0 |      4 | MESSAGES           | connecting | listener | plain
     *                 4 |      4 | MESSAGE_LENGTH     | connecting | listener | plain
     *                 8 |      2 | NAME_LENGTH        | connecting | listener | plain
     *                10 |      2 | RESERVED           | connecting | listener | plain
     *                12 |     64 | NAME               | connecting | listener | plain
     *                76 |      4 | CHECKSUM           | connecting | listener | plain
     *
     * Bytes      Numbers are little-endian. MESSAGES is how many messages each queue holds, MESSAGE_LENGTH how many bytes a
     *            message has at most. NAME is ASCII, then zeros. NAME and ".there" is the queue from the connecting to the
     *            listening side, NAME and ".back" the other.
     * Valid      An offer is valid if and only if
     *            1. CHECKSUM is the CRC-32 (that of zlib) of bytes 0 to 75,
     *            2. RESERVED is 0, and NAME_LENGTH lies between 1 and 64,
     *            3. NAME is "/tournant-", 1 to 10 decimal digits, "-", and 32 hexadecimal digits in lower case, and what
     *               follows it is not looked at,
     *            4. MESSAGES lies between 1 and 65,536, MESSAGE_LENGTH between 64 and 1,048,576,
     *            5. both queues are there, belong to the listener's user and to nobody else, are empty, and hold MESSAGES
     *               messages of MESSAGE_LENGTH.
     *            The listener hangs up on who offers something else.
     * Crash      The listener removes both names when it has opened the queues, the connecting side when it has an answer. If
     *            that dies before either, they stay until somebody makes others, half a minute later or more, and where
     *            /dev/mqueue is not mounted until the machine is started anew.
     */

    /** The length of an offer in bytes. */
    public static final int LENGTH = 80;

    static final int MESSAGES_OFFSET = 0;
    static final int MESSAGE_LENGTH_OFFSET = 4;
    static final int NAME_LENGTH_OFFSET = 8;
    static final int RESERVED_OFFSET = 10;
    static final int NAME_OFFSET = 12;
    static final int CHECKSUM_OFFSET = 76;

    /** The most messages that a queue may be asked to hold: what the kernel grants to nobody is not asked for. */
    static final int MOST_MESSAGES = 1 << 16;

    static final int LEAST_MESSAGE_LENGTH = 64;
    static final int GREATEST_MESSAGE_LENGTH = 1 << 20;

    private static final int MAX_NAME_LENGTH = CHECKSUM_OFFSET - NAME_OFFSET;

    /** What is offered. */
    record Offered(QueueName name, int messages, int messageLength) {}

    private QueueOfferLayout() {}

    /** Returns whether a queue may be asked to hold so many messages of that length. */
    static boolean isSize(int messages, int messageLength) {
        return messages >= 1
                && messages <= MOST_MESSAGES
                && messageLength >= LEAST_MESSAGE_LENGTH
                && messageLength <= GREATEST_MESSAGE_LENGTH;
    }

    /** Writes an offer. */
    static ByteBuffer write(Offered offered) {
        byte[] name = offered.name().text().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer target = FrameLayout.newBuffer(LENGTH);
        target.putInt(offered.messages())
                .putInt(offered.messageLength())
                .putShort((short) name.length)
                .putShort((short) 0)
                .put(name);
        return target.position(0).putInt(CHECKSUM_OFFSET, FrameLayout.checksum(target, 0, CHECKSUM_OFFSET));
    }

    /** Reads a whole offer from position 0; null if it is not valid so far. */
    static @Nullable Offered read(ByteBuffer offer) {
        ByteBuffer source = offer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int length = Short.toUnsignedInt(source.getShort(NAME_LENGTH_OFFSET));
        int messages = source.getInt(MESSAGES_OFFSET);
        int messageLength = source.getInt(MESSAGE_LENGTH_OFFSET);
        boolean sound = source.getInt(CHECKSUM_OFFSET) == FrameLayout.checksum(source, 0, CHECKSUM_OFFSET)
                && source.getShort(RESERVED_OFFSET) == 0
                && length >= 1
                && length <= MAX_NAME_LENGTH
                && isSize(messages, messageLength);
        if (!sound) {
            return null;
        }
        var text = new byte[length];
        source.get(NAME_OFFSET, text);
        QueueName name = QueueName.parse(new String(text, StandardCharsets.ISO_8859_1));
        return name == null ? null : new Offered(name, messages, messageLength);
    }
}
