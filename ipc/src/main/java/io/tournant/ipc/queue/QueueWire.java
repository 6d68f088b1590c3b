package io.tournant.ipc.queue;

import io.tournant.ipc.socket.SocketWire;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pair of queues as a wire. */
final class QueueWire implements Wire {
    /*
     * Overview   A message of a queue is a piece of the stream. The kernel keeps their order, and wakes who waits. The socket
     *            beside them says nothing; when it ends the peer is gone, for both directions: what it sent before is read,
     *            and nothing is written any more.
     */

    private final QueueEnd in;
    private final QueueEnd out;
    private final SocketChannel companion;

    private QueueWire(QueueEnd in, QueueEnd out, SocketChannel companion) {
        this.in = in;
        this.out = out;
        this.companion = companion;
    }

    /** Takes over a pair, and the socket over which it was offered; closes both if that fails. */
    static QueueWire of(QueuePair pair, SocketChannel companion) throws IOException {
        var wire = new QueueWire(pair.in(), pair.out(), companion);
        try {
            PeerWatch.add(companion, wire::peerGone);
            return wire;
        } catch (IOException | RuntimeException | Error e) {
            wire.close();
            throw e;
        }
    }

    private void peerGone() {
        in.peerGone();
        out.peerGone();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return in.receive(target);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long sum = 0;
        int count = out.send(sources, offset, length);
        while (count > 0) {
            sum += count;
            count = out.send(sources, offset, length);
        }
        return sum;
    }

    @Override
    public void awaitReadable(Deadline deadline) throws IOException, InterruptedException {
        in.awaitMessage(deadline);
    }

    @Override
    public void awaitWritable(Deadline deadline) throws IOException, InterruptedException {
        out.awaitRoom(deadline);
    }

    @Override
    public void wakeWriter() {
        out.wake();
    }

    @Override
    public void closeInput() {
        in.close();
    }

    @Override
    public void closeOutput() {
        out.close();
        SocketWire.shutdownOutput(companion);
    }

    @Override
    public boolean isOpen() {
        return companion.isOpen();
    }

    @Override
    public void close() {
        in.close();
        out.close();
        try {
            PeerWatch.close(companion);
        } catch (IOException e) {
            log().warn("The socket beside a pair of queues could not be closed.", e);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(QueueWire.class);
    }
}
