package io.tournant.ipc.pipe;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.posix.PosixException;
import io.tournant.ipc.socket.Leftovers;
import io.tournant.ipc.socket.Medium;
import io.tournant.ipc.socket.PathOfferLayout;
import io.tournant.ipc.socket.PathOfferLayout.Offered;
import io.tournant.ipc.socket.Places;
import io.tournant.ipc.stream.Link;
import io.tournant.ipc.stream.WireLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both pipes of a channel, as one side has them. */
final class PipePair implements Medium.Side {
    /*
     * Overview   One side makes two FIFOs, under a name that nobody guesses and for its user alone, and opens both; the other
     *            opens them, too. Then nobody needs their names any more, and they are pipes like any others.
     */
    private static final String THERE = ".there";
    private static final String BACK = ".back";

    private final Offered offered;
    private final @Nullable StandIn standIn;
    private final PipeEnd in;
    private final PipeEnd out;

    private PipePair(Offered offered, @Nullable StandIn standIn, PipeEnd in, PipeEnd out) {
        this.offered = offered;
        this.standIn = standIn;
        this.in = in;
        this.out = out;
    }

    /** How one end of a FIFO is opened. */
    private interface Opening {
        int open(Path fifo, int direction) throws IOException;
    }

    /** Makes a pair in the first of several directories where that works; the other side reads there and writes back. */
    static PipePair create(List<Path> directories, int capacity) throws ChannelException.Unavailable {
        Support.check();
        Path path = Places.first(
                directories,
                PipePair::makeIn,
                "No FIFOs could be made; name a directory with UnixSocket.withDirectories, or use Unix-domain sockets:");
        var offered = new Offered(path, capacity);
        StandIn standIn = null;
        try {
            standIn = StandIn.open(there(path), back(path), capacity);
            return open(offered, standIn, back(path), there(path), Fifo::open);
        } catch (IOException e) {
            discard(path, standIn);
            throw Support.refused(e, capacity);
        } catch (RuntimeException | Error e) {
            discard(path, standIn);
            throw e;
        }
    }

    private static Path makeIn(Path directory) throws IOException {
        sweep(directory);
        Path path = directory.toAbsolutePath().resolve(Leftovers.freshName());
        if (!PathOfferLayout.fits(path)) {
            throw new IOException("the path of a FIFO there is too long");
        }
        Fifo.make(there(path));
        try {
            Fifo.make(back(path));
            return path;
        } catch (PosixException | RuntimeException | Error e) {
            removeNames(path);
            throw e;
        }
    }

    private static void discard(Path path, @Nullable StandIn standIn) {
        removeNames(path);
        if (standIn != null) {
            standIn.leave();
        }
    }

    /** Opens what the other side has made. */
    static PipePair open(Offered offered) throws IOException {
        if (!PipeMedium.isCapacity(offered.capacity())) {
            throw new IOException("The FIFOs that were offered hold what none can: offered=" + offered);
        }
        Path path = offered.path();
        return open(
                offered,
                null,
                there(path),
                back(path),
                (fifo, direction) -> Fifo.openOffered(fifo, direction, offered.capacity()));
    }

    private static PipePair open(Offered offered, @Nullable StandIn standIn, Path in, Path out, Opening opening)
            throws IOException {
        PipeEnd reading = PipeEnd.toRead(opening.open(in, Posix.READ_ONLY));
        try {
            return new PipePair(offered, standIn, reading, PipeEnd.toWrite(opening.open(out, Posix.WRITE_ONLY)));
        } catch (IOException | RuntimeException | Error e) {
            reading.close();
            throw e;
        }
    }

    /** The FIFO from the maker to the other side. */
    Path there() {
        return there(offered.path());
    }

    /** The FIFO from the other side to the maker. */
    Path back() {
        return back(offered.path());
    }

    private static Path there(Path path) {
        return Path.of(path + THERE);
    }

    private static Path back(Path path) {
        return Path.of(path + BACK);
    }

    @Override
    public ByteBuffer offer() {
        return PathOfferLayout.write(offered.path(), offered.capacity());
    }

    /** Leaves the other side's place to it; the socket is not needed. */
    @Override
    public Link link(SocketChannel socket, int maxMessageLength) {
        leaveItsPlace();
        return WireLink.over(wire(), maxMessageLength);
    }

    /** Makes the wire while this side still stands in for the other. */
    PipeWire wire() {
        return new PipeWire(in, out);
    }

    /** From now on it shows if the other side has not opened its ends, or has closed them. May be repeated. */
    void leaveItsPlace() {
        if (standIn != null) {
            standIn.leave();
        }
    }

    @Override
    public void removeNames() {
        removeNames(offered.path());
    }

    private static void removeNames(Path path) {
        for (Path fifo : List.of(there(path), back(path))) {
            try {
                Files.deleteIfExists(fifo);
            } catch (IOException e) {
                log().warn("A FIFO could not be removed: path={}", fifo, e);
            }
        }
    }

    @Override
    public void close() {
        leaveItsPlace();
        in.close();
        out.close();
    }

    /** Removes the FIFOs of those who died before they were answered. */
    static void sweep(Path directory) {
        Leftovers.sweep(directory, ".{there,back}", Files::deleteIfExists);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(PipePair.class);
    }
}
