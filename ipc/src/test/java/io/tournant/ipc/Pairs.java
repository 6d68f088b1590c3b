package io.tournant.ipc;

import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Two ends of a channel in this JVM. */
public final class Pairs {

    private Pairs() {}

    /** Those that carry a channel between two processes. */
    public static List<Transport> transports() {
        return List.of(Transport.unixSocket(), Transport.mappedFile(), Transport.messageQueue(), Transport.pipe());
    }

    /** Skips a test, with the reason, where a transport cannot be had. */
    public static void assumeAvailable(Transport transport) {
        try {
            transport.listen().close();
        } catch (ChannelException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    /** Listens and connects. */
    public static ChannelPair open(Transport transport) throws Exception {
        try (Listener listener = transport.listen()) {
            Waiter<Channel> connected = Waiter.start(() -> transport.connect(listener.endpoint(), listener.token()));
            Channel accepted = listener.accept();
            return new ChannelPair(connected.result(), accepted);
        }
    }
}
