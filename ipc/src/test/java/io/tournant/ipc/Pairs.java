package io.tournant.ipc;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Two ends of a channel in this JVM. */
public final class Pairs {

    private Pairs() {}

    /** Those that carry a channel between two processes. */
    public static List<Transport> transports() {
        return List.of(Transport.unixSocket(), Transport.mappedFile(), Transport.messageQueue(), Transport.pipe());
    }

    /** Returns the transport with all its files in one directory. */
    public static Transport within(Transport transport, Path directory) {
        return switch (transport) {
            case Transport.UnixSocket socket -> socket.withDirectories(directory);
            case Transport.MappedFile mapped ->
                mapped.withDirectories(directory).withSocket(mapped.socket().withDirectories(directory));
            case Transport.MessageQueue queue -> queue.withSocket(queue.socket().withDirectories(directory));
            case Transport.Pipe pipe -> pipe.withSocket(pipe.socket().withDirectories(directory));
        };
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
