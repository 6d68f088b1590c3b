package io.tournant.testkit;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Transport;
import java.util.Optional;

/** The contract over one of our transports, both ends in this JVM. */
abstract class TransportContract extends ChannelContract {

    /** Returns the transport, with default settings or others. */
    abstract Transport transport();

    @Override
    protected ChannelPair open() throws Exception {
        Transport transport = transport().withMaxMessageLength(longest());
        try (Listener listener = transport.listen()) {
            Caller<Channel> left = Caller.platform(() -> transport.connect(listener.endpoint(), listener.token()));
            Optional<Channel> right = listener.accept(Poll.patience());
            Channel connected = left.result(); // or says why nobody came
            return new ChannelPair(connected, right.orElseThrow());
        }
    }

    @Override
    protected int longest() {
        return 2 << 20;
    }
}
