package io.tournant.ipc.queue;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.posix.PosixException;
import io.tournant.ipc.queue.QueueOfferLayout.Offered;
import io.tournant.ipc.socket.Leftovers;
import io.tournant.ipc.socket.Medium;
import io.tournant.ipc.stream.Link;
import io.tournant.ipc.stream.WireLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both queues of a channel, as one side has them. */
final class QueuePair implements Medium.Side {
    /*
     * Overview   Made by the connecting side, under a name that nobody guesses and for its user alone. Each side removes the
     *            names when it has both queues open, or knows that the other cannot.
     */

    /** Where the queues show as files, if somebody has mounted that. */
    private static final Path QUEUES = Path.of("/dev/mqueue");

    private static final Path SELF = Path.of("/proc/self");

    private final Offered offered;
    private final QueueEnd in;
    private final QueueEnd out;

    private QueuePair(Offered offered, QueueEnd in, QueueEnd out) {
        this.offered = offered;
        this.in = in;
        this.out = out;
    }

    /** How one queue comes to be. */
    private interface Opening {
        int open(String name, int direction) throws IOException;
    }

    /** Makes a pair for the connecting side. */
    static QueuePair create(int messages, int messageLength) throws ChannelException.Unavailable {
        Support.check();
        sweep(QUEUES);
        var offered = new Offered(QueueName.random(), messages, messageLength);
        try {
            return open(
                    offered,
                    offered.name().back(),
                    offered.name().there(),
                    (name, direction) -> Mq.create(name, direction, messages, messageLength));
        } catch (RuntimeException | Error e) {
            removeNames(offered.name());
            throw e;
        } catch (IOException e) {
            removeNames(offered.name());
            throw e instanceof PosixException refusal
                    ? Support.refused(refusal, messages, messageLength)
                    : new ChannelException.Unavailable("No queues could be made: cause=" + e.getMessage(), e);
        }
    }

    /** Opens what the connecting side has made, for the listening side. */
    static QueuePair open(Offered offered) throws IOException {
        return open(offered, offered.name().there(), offered.name().back(), (name, direction) -> {
            int queue = Mq.open(name, direction);
            try {
                check(queue, offered);
                return queue;
            } catch (IOException | RuntimeException | Error e) {
                Posix.close(queue);
                throw e;
            }
        });
    }

    private static QueuePair open(Offered offered, String in, String out, Opening opening) throws IOException {
        int length = offered.messageLength();
        QueueEnd receiving = QueueEnd.of(opening.open(in, Posix.READ_ONLY), Posix.POLLIN, length);
        try {
            return new QueuePair(
                    offered, receiving, QueueEnd.of(opening.open(out, Posix.WRITE_ONLY), Posix.POLLOUT, length));
        } catch (IOException | RuntimeException | Error e) {
            receiving.close();
            throw e;
        }
    }

    private static void check(int queue, Offered offered) throws IOException {
        Mq.Attributes found = Mq.attributes(queue);
        if (!found.equals(new Mq.Attributes(offered.messages(), offered.messageLength(), 0))) {
            throw new IOException(
                    "The queue that was offered is not what it should be: offered=" + offered + ", found=" + found);
        }
        Path file = SELF.resolve("fd").resolve(Integer.toString(queue));
        if (Files.exists(file) && !isOursAlone(file)) {
            throw new IOException("The queue that was offered is not this user's alone: offered=" + offered);
        }
    }

    private static boolean isOursAlone(Path file) throws IOException {
        return Files.getOwner(file).equals(Files.getOwner(SELF))
                && PosixFilePermissions.fromString("rw-------").equals(Files.getPosixFilePermissions(file));
    }

    Offered offered() {
        return offered;
    }

    @Override
    public ByteBuffer offer() {
        return QueueOfferLayout.write(offered);
    }

    @Override
    public Link link(SocketChannel companion, int maxMessageLength) throws IOException {
        return WireLink.over(QueueWire.of(this, companion), maxMessageLength);
    }

    /** Where this side receives. */
    QueueEnd in() {
        return in;
    }

    /** Where this side sends. */
    QueueEnd out() {
        return out;
    }

    @Override
    public void removeNames() {
        removeNames(offered.name());
    }

    private static void removeNames(QueueName name) {
        try {
            Mq.unlink(name.there());
            Mq.unlink(name.back());
        } catch (PosixException e) {
            log().warn("The name of a queue could not be removed: name={}", name.text(), e);
        }
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }

    /** Removes the names of those who died before they were answered. */
    static void sweep(Path directory) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Leftovers.sweep(directory, ".{there,back}", file -> Mq.unlink("/" + file.getFileName()));
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(QueuePair.class);
    }
}
