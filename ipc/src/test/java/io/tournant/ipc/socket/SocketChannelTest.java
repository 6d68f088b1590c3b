package io.tournant.ipc.socket;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelContract;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;

/** The contract over real Unix-domain sockets. */
class SocketChannelTest extends ChannelContract {

    @Override
    protected ChannelPair open() throws Exception {
        return open(Transport.unixSocket());
    }

    static ChannelPair open(Transport transport) throws Exception {
        try (Listener listener = transport.listen()) {
            Waiter<Channel> connected = Waiter.start(() -> transport.connect(listener.endpoint(), listener.token()));
            Channel accepted = listener.accept();
            return new ChannelPair(connected.result(), accepted);
        }
    }

    @Override
    protected int longest() {
        return Transport.DEFAULT_MAX_MESSAGE_LENGTH;
    }
}
