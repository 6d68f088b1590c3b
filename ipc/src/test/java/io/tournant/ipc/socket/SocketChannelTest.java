package io.tournant.ipc.socket;

import io.tournant.ipc.ChannelContract;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.Transport;

/** The contract over real Unix-domain sockets. */
class SocketChannelTest extends ChannelContract {

    @Override
    protected ChannelPair open() throws Exception {
        return Pairs.open(Transport.unixSocket());
    }

    @Override
    protected int longest() {
        return Transport.DEFAULT_MAX_MESSAGE_LENGTH;
    }
}
