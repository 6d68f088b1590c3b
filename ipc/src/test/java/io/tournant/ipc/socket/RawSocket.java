package io.tournant.ipc.socket;

import io.tournant.ipc.Channel;
import io.tournant.ipc.stream.StreamChannel;
import io.tournant.ipc.stream.WireLink;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A channel whose peer is a bare socket in the hands of a test. */
record RawSocket(Channel channel, SocketChannel raw) implements AutoCloseable {

    static RawSocket open(int maxMessageLength) throws IOException {
        Path directory = Files.createTempDirectory("raw-");
        Path path = directory.resolve("s");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path));
            return new RawSocket(
                    new StreamChannel(
                            WireLink.over(SocketWire.of(server.accept()), maxMessageLength), maxMessageLength),
                    raw);
        } finally {
            Files.delete(path);
            Files.delete(directory);
        }
    }

    void write(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            ByteBuffer buffer = ByteBuffer.wrap(part);
            while (buffer.hasRemaining()) {
                raw.write(buffer);
            }
        }
    }

    /** Reads until the other side is gone; returns how many bytes came. */
    long drain() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long sum = 0;
        for (int count = raw.read(buffer); count >= 0; count = raw.read(buffer.clear())) {
            sum += count;
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        raw.close();
    }
}
