package io.tournant.ipc;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Numbered messages that both sides of a channel send without end, and check: what a kill may cut, but not change. */
final class Traffic {

    private static final int[] LENGTHS = {0, 1, 24, 100, 1000, 30, 5_000, 64, 200, 70_000, 8, 2_048, 16};
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Traffic() {}

    /** Sends until the channel fails. */
    static ChannelException send(Channel channel) throws InterruptedException {
        try {
            for (int i = 0; ; i++) {
                if (!channel.send(message(i), PATIENCE)) {
                    throw new IllegalStateException("There was no room for long: message=" + i);
                }
            }
        } catch (ChannelException e) {
            return e;
        }
    }

    /** Receives until the channel fails; returns how many messages came. Tells of each before it is checked. */
    static int receive(Channel channel, Runnable onMessage) throws ChannelException, InterruptedException {
        for (int i = 0; ; i++) {
            Received received;
            try {
                received = channel.receive(PATIENCE);
            } catch (ChannelException.Closed e) {
                if (e.reason().filter(CloseReason.PeerDied.class::isInstance).isPresent()) {
                    return i;
                }
                throw e;
            }
            onMessage.run();
            if (!received.equals(message(i))) {
                throw new IllegalStateException("Not what was sent: expected=" + message(i) + " received=" + received);
            }
        }
    }

    private static Message message(int number) {
        byte[] bytes = new byte[LENGTHS[number % LENGTHS.length]];
        var payload = ByteBuffer.wrap(bytes);
        while (payload.remaining() >= Integer.BYTES) {
            payload.putInt(number + payload.position());
        }
        return Message.of(number % (Message.MAX_KIND + 1), number, bytes);
    }
}
