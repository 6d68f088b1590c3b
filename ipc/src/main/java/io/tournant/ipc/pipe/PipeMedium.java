package io.tournant.ipc.pipe;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.socket.Medium;
import io.tournant.ipc.socket.PathOfferLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Two FIFOs, which the connecting side makes.
 *
 * @param directories where it may make them, tried in order
 * @param capacity the bytes that each of them holds, a power of two
 */
public record PipeMedium(List<Path> directories, int capacity) implements Medium {

    /** How endpoints begin. */
    public static final String SCHEME = "pipe";

    /** Two pages, mostly: in one, what does not fit beside the last message finds no room at all. */
    private static final int LEAST_CAPACITY = 8 << 10;

    private static final int GREATEST_CAPACITY = 1 << 30;

    /**
     * Tells whether a pipe may be asked to hold so many bytes; the kernel may still refuse.
     *
     * @param capacity a number of bytes
     * @return whether it is a power of two from 8 KiB to 1 GiB
     */
    public static boolean isCapacity(int capacity) {
        return capacity >= LEAST_CAPACITY && capacity <= GREATEST_CAPACITY && Integer.bitCount(capacity) == 1;
    }

    /**
     * Checks that there are pipes on this machine for this process.
     *
     * @throws ChannelException.Unavailable if there are none; the message says why, and what to do
     */
    public static void check() throws ChannelException.Unavailable {
        Support.check();
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public short code() {
        return HelloLayout.PIPE;
    }

    @Override
    public int offerLength() {
        return PathOfferLayout.LENGTH;
    }

    @Override
    public boolean keepsSocket() {
        return false;
    }

    @Override
    public Side make() throws ChannelException.Unavailable {
        return PipePair.create(directories, capacity);
    }

    @Override
    public Side open(ByteBuffer offer) throws IOException {
        PathOfferLayout.Offered offered = PathOfferLayout.read(offer);
        if (offered == null) {
            throw new IOException("no valid offer of pipes followed the hello");
        }
        return PipePair.open(offered);
    }
}
