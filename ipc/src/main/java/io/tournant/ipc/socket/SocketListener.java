package io.tournant.ipc.socket;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A listener on a socket in a private directory of its own. */
public final class SocketListener implements Listener {
    /*
     * Overview   The thread that accepts runs the reception under a lock. Whoever closes stops the reception first, so
     *            that this thread leaves, and then takes the lock to clean up.
     * States     open -> complete  the last expected peer is in: the endpoint is removed
     *            any  -> closed    close()
     * Fields     reception  guarded by turn, but for stop() and isOpen()
     */

    private final ReentrantLock turn = new ReentrantLock();
    private final PrivateDirectory directory;
    private final String endpoint;
    private final Token token;
    private final Reception reception;

    private SocketListener(PrivateDirectory directory, String endpoint, Token token, Reception reception) {
        this.directory = directory;
        this.endpoint = endpoint;
        this.token = token;
        this.reception = reception;
    }

    /**
     * Makes a directory with a socket in it, and listens.
     *
     * @param settings where, for how many, and how long
     * @param medium what is talked over afterwards
     * @return the listener
     * @throws ChannelException.Unavailable if that is not possible
     */
    public static SocketListener open(Transport.UnixSocket settings, Medium medium) throws ChannelException {
        PrivateDirectory directory = PrivateDirectory.create(settings.directories());
        String endpoint = new SocketEndpoint(medium.scheme(), directory.socket()).toString();
        ServerSocketChannel server = null;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            var path = directory.socket();
            // Fails if the path exists, whatever it is.
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            Token token = Token.random();
            return new SocketListener(directory, endpoint, token, new Reception(server, settings, medium, token));
        } catch (IOException | UnsupportedOperationException e) {
            SocketWire.closeAll(server);
            directory.remove();
            throw new ChannelException.Unavailable(
                    "No socket could be opened: endpoint=" + endpoint + ", cause=" + e.getMessage(), e);
        }
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public Channel accept() throws ChannelException, InterruptedException {
        // Deadline.NEVER never passes.
        return accept(Deadline.NEVER).orElseThrow();
    }

    @Override
    public Optional<Channel> accept(Duration timeout) throws ChannelException, InterruptedException {
        return accept(Deadline.after(timeout));
    }

    @Override
    public void close() {
        reception.stop();
        turn.lock();
        try {
            reception.close();
            directory.remove();
        } finally {
            turn.unlock();
        }
    }

    private Optional<Channel> accept(Deadline deadline) throws ChannelException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!deadline.tryLock(turn)) {
            return Optional.empty();
        }
        try {
            checkOpen();
            Optional<Channel> peer = Optional.ofNullable(reception.next(deadline));
            if (reception.isFull()) {
                reception.closeDoor();
                directory.remove();
            }
            return peer;
        } catch (ChannelException e) {
            throw e;
        } catch (IOException e) {
            checkOpen();
            throw new ChannelException.Failed(
                    "Accepting failed; the listener is still open: cause=" + e.getMessage(), e);
        } finally {
            turn.unlock();
        }
    }

    private void checkOpen() throws ChannelException {
        if (reception.isComplete()) {
            throw new ChannelException.Closed("Every expected peer has connected; listen again for more.", null);
        }
        if (!reception.isFull() && !reception.isOpen()) {
            throw new ChannelException.Closed("The listener is closed.", null);
        }
    }
}
