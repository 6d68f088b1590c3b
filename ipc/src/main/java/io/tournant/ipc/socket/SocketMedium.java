package io.tournant.ipc.socket;

import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Nothing but the socket over which the greeting goes. */
final class SocketMedium implements Medium {

    private static final Offer NOTHING = new Offer() {
        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public Wire wire(SocketWire greeting) {
            return greeting;
        }

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
    public Offer offer() {
        return NOTHING;
    }

    @Override
    public Wire accept(SocketChannel socket, ByteBuffer offer) throws IOException {
        return SocketWire.of(socket);
    }
}
