package io.tournant.ipc.socket;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Link;
import io.tournant.ipc.stream.StreamChannel;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Greets who connects to a server socket, many at a time, and lets in who says the right hello. */
final class Reception {
    /*
     * Overview   One selector watches the server socket and every stranger, so that a silent one keeps nobody waiting.
     *            Nothing here waits but the selector, and only while somebody accepts; what is offered is opened here.
     * States     of one who connects
     *            backlog  -> stranger  accepted
     *            stranger -> admitted  right user, version, token and medium, a good offer, and another peer is expected
     *            stranger -> gone      any other hello, no hello in time, hung up, or too many strangers: the oldest goes
     * Fields     All are guarded by the listener's lock, except that any thread may close the selector.
     */

    static final int MAX_STRANGERS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final int MAX_WARNINGS = 10;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final Transport.UnixSocket settings;
    private final Medium medium;
    private final Token token;
    private final ArrayDeque<Stranger> strangers = new ArrayDeque<>();
    private final Queue<Channel> admitted = new ArrayDeque<>();
    private int expected;
    private int warnings;

    /** Opens for a server socket that is bound. The caller closes the socket if this fails, the reception if not. */
    Reception(ServerSocketChannel server, Transport.UnixSocket settings, Medium medium, Token token)
            throws IOException {
        this.server = server;
        this.settings = settings;
        this.medium = medium;
        this.token = token;
        expected = settings.peers();
        server.configureBlocking(false);
        selector = Selector.open();
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Whether every expected peer is in. */
    boolean isFull() {
        return expected == 0;
    }

    /** Whether every expected peer has been handed out. */
    boolean isComplete() {
        return expected == 0 && admitted.isEmpty();
    }

    /** Whether somebody may still come. Any thread may ask. */
    boolean isOpen() {
        return selector.isOpen();
    }

    /** Waits for the next peer; null when the time is up. Not called when complete. */
    @Nullable
    Channel next(Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            if (expected > 0) {
                greet();
            }
            Channel peer = admitted.poll();
            if (peer != null || deadline.hasPassed()) {
                return peer;
            }
            SocketWire.await(selector, untilNextEvent(deadline));
        }
    }

    private Deadline untilNextEvent(Deadline deadline) {
        return strangers.isEmpty()
                ? deadline
                : deadline.orEarlier(strangers.getFirst().patience());
    }

    /** Makes the present and every later wait fail. Any thread may call this. */
    void stop() {
        SocketWire.closeAll(selector);
    }

    /** Hangs up on everyone who is not admitted. */
    void closeDoor() {
        SocketWire.closeAll(selector, server);
        strangers.forEach(stranger -> SocketWire.closeAll(stranger.socket()));
        strangers.clear();
    }

    /** Hangs up on everyone who was not handed out. */
    void close() {
        closeDoor();
        admitted.forEach(Channel::close);
        admitted.clear();
    }

    /** Does what can be done without waiting. */
    private void greet() throws IOException {
        try {
            // Each selection also closes the descriptors of those who went since the last.
            while (selector.selectNow() > 0 || !selector.selectedKeys().isEmpty()) {
                for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
                    greet(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        }
        while (!strangers.isEmpty() && strangers.getFirst().patience().hasPassed()) {
            dismiss(strangers.getFirst(), "no hello in time");
        }
    }

    private void greet(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Stranger stranger) {
            hear(stranger, key);
        } else {
            acceptAll();
        }
    }

    private void acceptAll() throws IOException {
        for (SocketChannel socket = server.accept(); socket != null; socket = server.accept()) {
            var stranger = new Stranger(socket, Deadline.after(settings.handshakeTimeout()), medium);
            strangers.addLast(stranger);
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ, stranger);
            if (strangers.size() > MAX_STRANGERS) {
                dismiss(strangers.getFirst(), "too many others came");
            }
        }
    }

    private void hear(Stranger stranger, SelectionKey key) {
        try {
            Verdict verdict = stranger.listen(token);
            if (verdict == Verdict.WELCOME && expected > 0) {
                key.cancel();
                admit(stranger);
            } else if (verdict != null) {
                stranger.answer(
                        verdict == Verdict.WELCOME ? Verdict.WRONG_TOKEN : verdict, settings.maxMessageLength());
                dismiss(stranger, verdict.name());
            }
        } catch (IOException e) {
            dismiss(stranger, e.getMessage());
        }
    }

    private void admit(Stranger stranger) throws IOException {
        Link link = stranger.link(settings.maxMessageLength());
        try {
            admitted.add(new StreamChannel(link, stranger.answer(Verdict.WELCOME, settings.maxMessageLength())));
        } catch (IOException | RuntimeException | Error e) {
            link.close();
            throw e;
        }
        strangers.remove(stranger);
        expected--;
        if (!medium.keepsSocket()) {
            SocketWire.closeAll(stranger.socket());
        }
    }

    private void dismiss(Stranger stranger, @Nullable String reason) {
        strangers.remove(stranger);
        SocketWire.closeAll(stranger.socket());
        warnings++;
        if (warnings <= MAX_WARNINGS) {
            LOG.warn("A process that connected to a listener was not let in: reason={}", reason);
        }
    }
}
