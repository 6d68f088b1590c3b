package io.tournant.testkit;

import io.tournant.ipc.Transport;

/** The contract over real Unix-domain sockets, with the longest messages that nobody has to ask for. */
final class SocketChannelContractTest extends TransportContract {

    @Override
    Transport transport() {
        return Transport.unixSocket();
    }

    @Override
    protected int longest() {
        return Transport.DEFAULT_MAX_MESSAGE_LENGTH;
    }
}
