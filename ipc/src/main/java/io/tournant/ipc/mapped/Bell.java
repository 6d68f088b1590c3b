package io.tournant.ipc.mapped;

import io.tournant.ipc.socket.SocketWire;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket beside a mapped file: a byte on it wakes whoever sleeps, and its end tells that the other side is gone. */
final class Bell {
    /*
     * Overview   Reader and writer of this side sleep each in a selector of its own, both for the same socket. A byte may be
     *            meant for either: whoever takes it off the socket wakes the other, which looks at its ring.
     *            A socket at its end wakes whoever sleeps, once: then both selectors are told to look at it no more.
     * Fields     over, lookedNanos  guarded by turn; over never goes back to false
     */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final Duration SLEEP_UNHEARD = Duration.ofMillis(5);
    private static final int MOST_READS = 4; // a peer that rings on and on keeps nobody here
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final SocketChannel socket;
    private final Selector reader;
    private final Selector writer;
    private final ReentrantLock turn = new ReentrantLock();
    private final ByteBuffer taken = ByteBuffer.allocateDirect(256);
    private boolean over;
    private long lookedNanos = System.nanoTime();

    private Bell(SocketChannel socket, Selector reader, Selector writer) {
        this.socket = socket;
        this.reader = reader;
        this.writer = writer;
    }

    /** Takes a connected socket over, over which the greeting has gone; closes it if that fails. */
    static Bell of(SocketChannel socket) throws IOException {
        List<Selector> selectors = SocketWire.selectorsFor(socket, SelectionKey.OP_READ, SelectionKey.OP_READ);
        return new Bell(socket, selectors.getFirst(), selectors.getLast());
    }

    /** Wakes the other side. If its bell is ringing already, that is enough. */
    void ring() throws IOException {
        socket.write(ByteBuffer.wrap(new byte[1]));
    }

    /** The reader sleeps until the bell rings, the time is up, or for no reason. */
    void awaitForReader(Deadline deadline) throws IOException, InterruptedException {
        SocketWire.await(reader, deadline.orEarlier(Deadline.after(LONGEST_SLEEP)));
        look(writer);
    }

    /** As the reader; from one who rings no more there is no word of room, so its ring is looked at often. */
    void awaitForWriter(Deadline deadline) throws IOException, InterruptedException {
        SocketWire.await(writer, deadline.orEarlier(Deadline.after(isOver() ? SLEEP_UNHEARD : LONGEST_SLEEP)));
        look(reader);
    }

    void wakeWriter() {
        writer.wakeup();
    }

    void closeReader() {
        SocketWire.closeAll(reader);
    }

    /** Returns whether the other side rings no more, because it is gone or has said so; looks every millisecond at most. */
    boolean isOver() throws IOException {
        turn.lock();
        try {
            if (!over && System.nanoTime() - lookedNanos >= LOOK_AGAIN_NANOS) {
                look(reader, writer);
            }
            return over;
        } finally {
            turn.unlock();
        }
    }

    /** Takes the bytes off the socket. */
    private void look(Selector... others) throws IOException {
        turn.lock();
        try {
            lookedNanos = System.nanoTime();
            boolean any = false;
            int count = taken.capacity();
            for (int i = 0; i < MOST_READS && count == taken.capacity(); i++) {
                count = take();
                over |= count < 0;
                any |= count != 0;
            }
            if (over) {
                ignoreIn(reader);
                ignoreIn(writer);
            }
            for (Selector other : others) {
                if (any) {
                    other.wakeup();
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private void ignoreIn(Selector selector) {
        SelectionKey key = socket.keyFor(selector);
        if (key != null && key.isValid()) {
            try {
                key.interestOps(0);
            } catch (CancelledKeyException e) {
                log().debug("A selector was closed meanwhile.", e);
            }
        }
    }

    private int take() throws IOException {
        try {
            return socket.read(taken.clear());
        } catch (SocketException e) { // a connection reset: it is gone, and did not hear all that we rang
            return -1;
        }
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    /** Tells the other side that this one rings no more. */
    void end() {
        SocketWire.shutdownOutput(socket);
    }

    /** Closes the selectors first: as long as a socket is registered, its descriptor stays open. */
    void close() {
        SocketWire.closeAll(reader, writer, socket);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Bell.class);
    }
}
