package io.tournant.ipc.queue;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.socket.Medium;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Two message queues, which the connecting side makes.
 *
 * @param messages how many messages each queue holds
 * @param messageLength how many bytes a message of a queue has at most
 */
public record QueueMedium(int messages, int messageLength) implements Medium {

    /** How endpoints begin. */
    public static final String SCHEME = "queue";

    /**
     * Tells whether a queue may be asked to hold so many messages of that length; the kernel may still refuse.
     *
     * @param messages a number of messages
     * @param messageLength a number of bytes
     * @return whether the first lies between 1 and 65,536, the other between 64 bytes and 1 MiB
     */
    public static boolean isSize(int messages, int messageLength) {
        return QueueOfferLayout.isSize(messages, messageLength);
    }

    /**
     * Checks that there are queues on this machine for this process.
     *
     * @throws ChannelException.Unavailable if there are none; the message says why, and what to do
     */
    public static void check() throws ChannelException.Unavailable {
        Support.check();
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public short code() {
        return HelloLayout.QUEUE;
    }

    @Override
    public int offerLength() {
        return QueueOfferLayout.LENGTH;
    }

    @Override
    public boolean keepsSocket() {
        return true;
    }

    @Override
    public Side make() throws ChannelException.Unavailable {
        return QueuePair.create(messages, messageLength);
    }

    @Override
    public Side open(ByteBuffer offer) throws IOException {
        QueueOfferLayout.Offered offered = QueueOfferLayout.read(offer);
        if (offered == null) {
            throw new IOException("no valid offer of queues followed the hello");
        }
        return QueuePair.open(offered);
    }
}
