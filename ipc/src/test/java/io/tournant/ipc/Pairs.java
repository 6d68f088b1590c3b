package io.tournant.ipc;

import java.util.List;

/** Two ends of a channel in this JVM. */
public final class Pairs {

    private Pairs() {}

    /** Those that carry a channel between two processes. */
    public static List<Transport> transports() {
        return List.of(Transport.unixSocket(), Transport.mappedFile());
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
