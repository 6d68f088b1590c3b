package io.tournant.ipc.queue;

import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.posix.PosixException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** One side of a channel over queues whose other side, queues and socket, is in the hands of a test. */
record QueueHands(QueueWire wire, QueueEnd in, QueueEnd out, int back, SocketChannel peer) implements AutoCloseable {

    static QueueHands open(Path directory, int messages, int messageLength) throws IOException {
        QueuePair ours = QueuePair.create(messages, messageLength);
        QueuePair theirs = QueuePair.open(ours.offered());
        int back = Mq.open(ours.offered().name().back(), Posix.WRITE_ONLY);
        ours.removeNames();
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
            SocketChannel peer = server.accept();
            return new QueueHands(QueueWire.of(ours, socket), theirs.in(), theirs.out(), back, peer);
        }
    }

    /** Sends a message of zeros to the wire, of any length. */
    void sendBack(int length) throws PosixException {
        sendBack(length, 0);
    }

    /** Sends a message of zeros to the wire, of any length and priority. */
    void sendBack(int length, int priority) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(length, 1));
            if (!Mq.send(Posix.newErrno(arena), back, bytes, length, priority)) {
                throw new IllegalStateException("The queue is full.");
            }
        }
    }

    /** Whether a queue of that name is there. */
    static boolean isThere(String name) throws IOException {
        try {
            Posix.close(Mq.open(name, Posix.READ_ONLY));
            return true;
        } catch (PosixException e) {
            if (e.number() != PosixException.ENOENT) {
                throw e;
            }
            return false;
        }
    }

    /** How many threads of this JVM have names that begin so. */
    static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }

    @Override
    public void close() throws IOException {
        wire.close();
        in.close();
        out.close();
        Posix.close(back);
        peer.close();
    }
}
