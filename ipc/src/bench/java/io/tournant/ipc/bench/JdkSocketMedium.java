package io.tournant.ipc.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Unix-domain sockets of the JDK as everybody writes them: blocking calls, a length before each message, direct buffers. */
final class JdkSocketMedium implements Medium {

    @Override
    public Host host(Path directory) throws IOException {
        Path path = directory.resolve("socket");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        return new Host() {
            @Override
            public String address() {
                return path.toString();
            }

            @Override
            public Link accept(Process other) throws IOException {
                try (server) {
                    return new Framed(server.accept());
                }
            }
        };
    }

    @Override
    public Link join(String address) throws IOException {
        return new Framed(SocketChannel.open(UnixDomainSocketAddress.of(address)));
    }

    /** One end. */
    private static final class Framed implements Link {

        private static final int READ = 64 << 10;

        private final SocketChannel channel;
        private ByteBuffer out = ByteBuffer.allocateDirect(READ);
        private ByteBuffer in = ByteBuffer.allocateDirect(READ).flip();

        Framed(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void send(byte[] message) throws IOException {
            if (out.capacity() < Integer.BYTES + message.length) {
                out = ByteBuffer.allocateDirect(Integer.BYTES + message.length);
            }
            out.clear().putInt(message.length).put(message).flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        @Override
        public void receive(Receiver receiver) throws Exception {
            fill(Integer.BYTES);
            int length = in.getInt();
            fill(length);
            Payload.read(in, in.position(), length, receiver);
            in.position(in.position() + length).order(ByteOrder.BIG_ENDIAN);
        }

        private void fill(int needed) throws IOException {
            if (in.remaining() >= needed) {
                return;
            }
            ByteBuffer roomy = in.capacity() >= needed ? in : ByteBuffer.allocateDirect(needed + READ);
            if (roomy == in) {
                in.compact();
            } else {
                in = roomy.put(in);
            }
            while (in.position() < needed) {
                if (channel.read(in) < 0) {
                    throw new EOFException();
                }
            }
            in.flip();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
