package io.tournant.ipc.queue;

import io.tournant.ipc.socket.SocketWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees when the peers are gone at the other end of the sockets beside queues. */
final class PeerWatch {
    /*
     * Overview   A queue does not show that nobody is at its other end, and the JDK tells nobody the descriptor of a socket,
     *            so that who waits for a queue cannot wait for the socket as well. One daemon thread of this process waits in a
     *            selector for all of them. It costs nothing until somebody goes, and ends with the last socket.
     *            Nobody says anything on such a socket after the greeting: who does is as good as gone.
     * States     absent  -> running  the first socket comes
     *            running -> absent   no key of the selector is valid any more, found under the lock
     * Fields     running  guarded by LOCK
     */
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable PeerWatch running;

    private final Selector selector;
    private final ByteBuffer heard = ByteBuffer.allocate(1);

    private PeerWatch(Selector selector) {
        this.selector = selector;
    }

    /** Has somebody called back, once, when the other end of a socket is gone. The socket does not block from then on. */
    static void add(SocketChannel socket, Runnable onGone) throws IOException {
        socket.configureBlocking(false);
        LOCK.lock();
        try {
            PeerWatch watch = running == null ? start() : running;
            try {
                socket.register(watch.selector, SelectionKey.OP_READ, onGone);
            } finally {
                watch.selector.wakeup();
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Closes a socket that was added, on this side. */
    static void close(SocketChannel socket) throws IOException {
        socket.close();
        LOCK.lock();
        try {
            if (running != null) {
                running.selector.wakeup(); // the descriptor lives until the selector has let go of it
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static PeerWatch start() throws IOException {
        var watch = new PeerWatch(Selector.open());
        try {
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name("tournant-ipc-queue-watch")
                    .start(watch::run);
        } catch (OutOfMemoryError e) {
            SocketWire.closeAll(watch.selector);
            throw new IOException("No thread could be started to see when a peer is gone.", e);
        }
        running = watch;
        return watch;
    }

    private void run() {
        try {
            do {
                selector.select(this::look);
            } while (!isOver());
        } catch (IOException | RuntimeException | Error e) {
            log().error("Nobody sees any more when the peers of queues are gone: they are taken to be.", e);
            giveUp();
        }
    }

    private boolean isOver() {
        LOCK.lock();
        try {
            if (selector.keys().stream().anyMatch(SelectionKey::isValid)) {
                return false; // one that is not would go only after the next wake-up, and there may be none
            }
            end();
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    /** Nobody may wait for a peer of whom nothing would be heard. */
    private void giveUp() {
        LOCK.lock();
        try {
            selector.keys().forEach(PeerWatch::gone);
        } finally {
            end();
            LOCK.unlock();
        }
    }

    private void end() {
        LOCK.lock();
        try {
            running = null;
            SocketWire.closeAll(selector);
        } finally {
            LOCK.unlock();
        }
    }

    private void look(SelectionKey key) {
        if (key.channel() instanceof SocketChannel socket && !isSilent(socket)) {
            gone(key);
        }
    }

    private static void gone(SelectionKey key) {
        key.cancel();
        if (key.attachment() instanceof Runnable onGone) {
            onGone.run();
        }
    }

    private boolean isSilent(SocketChannel socket) {
        try {
            return socket.read(heard.clear()) == 0;
        } catch (IOException | NotYetConnectedException e) { // reset by the peer, closed on this side, no connection
            return false;
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(PeerWatch.class);
    }
}
