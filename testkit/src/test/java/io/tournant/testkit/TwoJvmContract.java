package io.tournant.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The contract over one of our transports, the right end in another JVM, which is started anew after it was killed. */
abstract class TwoJvmContract extends ChannelContract {

    private static final Duration PATIENCE = Poll.patience();

    private static @Nullable PeerJvm peer;

    /** Connects where the test listens. */
    public static final class Connector implements PeerJvm.Opener {

        /** Called by name. */
        public Connector() {}

        @Override
        public Channel open(List<String> arguments) throws IOException, InterruptedException {
            String endpoint = arguments.getFirst();
            return transport(endpoint).connect(endpoint, Token.parse(arguments.getLast()));
        }

        /** With rings that are soon full, where there are some: it is this side that makes them. */
        private static Transport transport(String endpoint) {
            Transport transport = Transport.of(endpoint);
            return transport instanceof Transport.MappedFile mapped ? mapped.withCapacity(64 << 10) : transport;
        }
    }

    /** Returns the transport, with default settings or others. */
    abstract Transport transport();

    @Override
    protected final ChannelPair open() throws Exception {
        Transport transport = transport().withMaxMessageLength(longest());
        try (Listener listener = transport.listen()) {
            Future<Channel> connecting =
                    peer().open(listener.endpoint(), listener.token().reveal());
            Optional<Channel> left = listener.accept(PATIENCE);
            Channel right = connecting.get(PATIENCE.toMillis(), MILLISECONDS); // or says why nobody came
            return new ChannelPair(left.orElseThrow(), right);
        }
    }

    private static PeerJvm peer() throws IOException {
        PeerJvm running = peer;
        if (running == null || !running.isAlive()) {
            running = PeerJvm.start(Connector.class);
            peer = running;
        }
        return running;
    }

    @Override
    protected final void killRight(ChannelPair killed) throws Exception {
        peer().kill();
    }

    @Override
    protected final int longest() {
        return 2 << 20;
    }

    @AfterAll
    static void endPeer() {
        if (peer != null) {
            peer.close();
            peer = null;
        }
    }
}
