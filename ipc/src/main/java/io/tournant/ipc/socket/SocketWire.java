package io.tournant.ipc.socket;

import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connected socket as a wire, and what is done with sockets and selectors everywhere. */
public final class SocketWire implements Wire {
    /*
     * Overview   The socket never blocks, because the JDK closes one whose blocking call is interrupted; threads wait in
     *            a selector, which they leave unharmed. One selector per direction, so that reader and writer never meet.
     *            A virtual thread in a selector gives up its carrier (since JDK 24).
     * Accepted   Closing a selector waits until who waits in it has left, which is at once unless that is a virtual thread
     *            and every carrier is busy.
     */

    private final SocketChannel socket;
    private final Selector readable;
    private final Selector writable;

    private SocketWire(SocketChannel socket, Selector readable, Selector writable) {
        this.socket = socket;
        this.readable = readable;
        this.writable = writable;
    }

    /** Takes a connected socket over; closes it if that fails. */
    static SocketWire of(SocketChannel socket) throws IOException {
        List<Selector> selectors = selectorsFor(socket, SelectionKey.OP_READ, SelectionKey.OP_WRITE);
        return new SocketWire(socket, selectors.getFirst(), selectors.getLast());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return socket.read(target);
        } catch (SocketException e) {
            // A connection reset: the other side went without reading all that we had sent. What it sent is drained.
            return -1;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return socket.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return socket.write(sources);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return socket.write(sources, offset, length);
    }

    @Override
    public void awaitReadable(Deadline deadline) throws IOException, InterruptedException {
        await(readable, deadline);
    }

    @Override
    public void awaitWritable(Deadline deadline) throws IOException, InterruptedException {
        await(writable, deadline);
    }

    @Override
    public void wakeWriter() {
        writable.wakeup();
    }

    @Override
    public void closeInput() {
        closeAll(readable);
    }

    @Override
    public void closeOutput() {
        shutdownOutput(socket);
    }

    /**
     * Lets nothing follow on a socket.
     *
     * @param socket which
     */
    public static void shutdownOutput(SocketChannel socket) {
        try {
            if (socket.isOpen()) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            log().debug("The output of a socket is shut down already.", e);
        }
    }

    /**
     * Gives the socket to somebody else, and is of no more use.
     *
     * @return the socket, which still does not block
     */
    public SocketChannel release() {
        closeAll(readable, writable);
        return socket;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Closes the selectors first: as long as a socket is registered, its descriptor stays open. */
    @Override
    public void close() {
        closeAll(readable, writable, socket);
    }

    /**
     * Opens selectors for a connected socket, which never blocks from then on. Closes it if that fails.
     *
     * @param socket which
     * @param operations what each of them selects
     * @return as many selectors, in the same order; close them before the socket
     * @throws IOException if that is not possible
     */
    public static List<Selector> selectorsFor(SocketChannel socket, int... operations) throws IOException {
        List<Selector> selectors = new ArrayList<>();
        try {
            socket.configureBlocking(false);
            for (int each : operations) {
                Selector selector = Selector.open();
                selectors.add(selector);
                socket.register(selector, each);
            }
            return selectors;
        } catch (IOException e) {
            selectors.forEach(SocketWire::closeAll);
            closeAll(socket);
            throw e;
        }
    }

    /**
     * Waits for anything to happen in a selector, or to it.
     *
     * @param selector where
     * @param deadline until when
     * @throws IOException if it is closed, or fails
     * @throws InterruptedException if interrupted; it stays open
     */
    public static void await(Selector selector, Deadline deadline) throws IOException, InterruptedException {
        try {
            long nanos = deadline.remainingNanos();
            if (nanos == Long.MAX_VALUE) {
                selector.select(SocketWire::ignore);
            } else if (nanos > 0) {
                // Rounded up, or the last millisecond would be spun away.
                selector.select(SocketWire::ignore, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            }
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static void ignore(SelectionKey unused) {}

    /**
     * Closes what there is, and logs what cannot be closed.
     *
     * @param resources what; null is passed over
     */
    public static void closeAll(@Nullable Closeable... resources) {
        for (Closeable resource : resources) {
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (IOException e) {
                log().warn("Part of a socket could not be closed.", e);
            }
        }
    }

    /** Looked up only when there is something to tell, so that a worker does not pay for it when it starts. */
    private static Logger log() {
        return LoggerFactory.getLogger(SocketWire.class);
    }
}
