package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.socket.Medium;
import io.tournant.ipc.socket.PathOfferLayout;
import io.tournant.ipc.socket.SocketEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
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
        return PathOfferLayout.LENGTH;
    }

    @Override
    public boolean keepsSocket() {
        return true;
    }

    @Override
    public Side make() throws ChannelException, InterruptedException {
        return RingFile.create(directories, capacity);
    }

    @Override
    public Side open(ByteBuffer offer) throws IOException {
        PathOfferLayout.Offered offered = PathOfferLayout.read(offer);
        if (offered == null) {
            throw new IOException("no valid offer of a file followed the hello");
        }
        return RingFile.open(offered.path(), offered.capacity());
    }
}
