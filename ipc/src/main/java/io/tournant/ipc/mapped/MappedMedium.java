package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.socket.Medium;
import io.tournant.ipc.socket.SocketEndpoint;
import io.tournant.ipc.socket.SocketWire;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rings in a mapped file, which the connecting side makes.
 *
 * @param directories where it may make the file, tried in order
 * @param capacity the bytes of each ring, a power of two
 */
public record MappedMedium(List<Path> directories, int capacity) implements Medium {

    /** How endpoints begin. */
    public static final String SCHEME = "mapped";

    /**
     * Tells whether a ring may have so many bytes.
     *
     * @param capacity a number of bytes
     * @return whether it is a power of two from 4 KiB to 512 MiB
     */
    public static boolean isCapacity(int capacity) {
        return RingLayout.isCapacity(capacity);
    }

    /**
     * Returns where to make files to be mapped unless told otherwise.
     *
     * @return {@code /dev/shm}, and then where sockets are
     */
    public static List<Path> defaultDirectories() {
        return Stream.concat(Stream.of(Path.of("/dev/shm")), SocketEndpoint.defaultDirectories().stream())
                .toList();
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public short code() {
        return HelloLayout.MAPPED;
    }

    @Override
    public int offerLength() {
        return OfferLayout.LENGTH;
    }

    @Override
    public Offer offer() throws ChannelException, InterruptedException {
        return new FileOffer(RingFile.create(directories, capacity));
    }

    @Override
    public Wire accept(SocketChannel socket, ByteBuffer offer) throws IOException {
        OfferLayout.Offered offered = OfferLayout.read(offer);
        if (offered == null) {
            throw new IOException("no valid offer of a file followed the hello");
        }
        RingFile file = RingFile.open(offered.path(), offered.capacity());
        file.remove();
        return wire(file, file.there(), file.back(), socket);
    }

    private static Wire wire(RingFile file, ByteRing in, ByteRing out, SocketChannel socket) throws IOException {
        try {
            return new MappedWire(file, in, out, Bell.of(socket));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** A file that was made for a listener. */
    private static final class FileOffer implements Offer {
        private final RingFile file;
        private boolean taken;

        FileOffer(RingFile file) {
            this.file = file;
        }

        @Override
        public ByteBuffer bytes() {
            return OfferLayout.write(file.path(), file.capacity());
        }

        @Override
        public Wire wire(SocketWire greeting) throws IOException {
            taken = true;
            return MappedMedium.wire(file, file.back(), file.there(), greeting.release());
        }

        @Override
        public void close() {
            file.remove();
            if (!taken) {
                file.close();
            }
        }
    }
}
