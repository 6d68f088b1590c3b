package io.tournant.ipc.socket;

import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.stream.Link;
import io.tournant.ipc.stream.WireLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Nothing but the socket over which the greeting goes. */
final class SocketMedium implements Medium {

    private static final Side SOCKET_ALONE = new Side() {
        @Override
        public ByteBuffer offer() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public Link link(SocketChannel socket, int maxMessageLength) throws IOException {
            return WireLink.over(SocketWire.of(socket), maxMessageLength);
        }

        @Override
        public void removeNames() {}

        @Override
        public void close() {}
    };

    @Override
    public String scheme() {
        return "unix";
    }

    @Override
    public short code() {
        return HelloLayout.SOCKET;
    }

    @Override
    public int offerLength() {
        return 0;
    }

    @Override
    public boolean keepsSocket() {
        return true;
    }

    @Override
    public Side make() {
        return SOCKET_ALONE;
    }

    @Override
    public Side open(ByteBuffer offer) {
        return SOCKET_ALONE;
    }
}
