package io.tournant.ipc.socket;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelException.Refusal;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.frame.WelcomeLayout;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.StreamChannel;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Connects to a {@link SocketListener}. */
public final class SocketConnector {

    private final Transport.UnixSocket settings;
    private final Medium medium;
    private final SocketEndpoint endpoint;

    private SocketConnector(Transport.UnixSocket settings, Medium medium, SocketEndpoint endpoint) {
        this.settings = settings;
        this.medium = medium;
        this.endpoint = endpoint;
    }

    /**
     * Connects and greets.
     *
     * @param settings how long to wait for the answer, and the longest message
     * @param medium what to talk over afterwards
     * @param endpoint where
     * @param token what to show
     * @return the channel
     * @throws ChannelException if nobody is there, or the two sides cannot agree
     * @throws InterruptedException if interrupted; no connection is left
     */
    public static Channel connect(Transport.UnixSocket settings, Medium medium, SocketEndpoint endpoint, Token token)
            throws ChannelException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var connector = new SocketConnector(settings, medium, endpoint);
        try {
            return connector.greet(connector.dial(), token);
        } catch (ChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new ChannelException.Failed(
                    "The greeting failed: endpoint=" + endpoint + ", cause=" + e.getMessage(), e);
        }
    }

    private SocketChannel dial() throws ChannelException, InterruptedException {
        if (!SocketEndpoint.fits(endpoint.path())) {
            throw new ChannelException.Unavailable(
                    "The path of a socket has at most " + SocketEndpoint.MAX_PATH_LENGTH + " bytes: endpoint="
                            + endpoint,
                    null);
        }
        SocketChannel socket = null;
        try {
            socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            socket.connect(UnixDomainSocketAddress.of(endpoint.path()));
            return socket;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            SocketWire.closeAll(socket);
            throw new ChannelException.Unavailable(
                    "Nobody listens there; is the listener closed, or complete already? endpoint=" + endpoint
                            + ", cause=" + e.getMessage(),
                    e);
        }
    }

    private Channel greet(SocketChannel socket, Token token) throws IOException, InterruptedException {
        SocketWire greeting = SocketWire.of(socket);
        boolean agreed = false;
        try {
            if (!PeerUser.isOurs(socket)) {
                throw refused(Refusal.WRONG_USER, "The listener belongs to another user");
            }
            try (Medium.Offer offer = medium.offer()) {
                int maxMessageLength = exchange(greeting, token, offer);
                Channel channel = channel(offer.wire(greeting), maxMessageLength);
                agreed = true;
                return channel;
            }
        } finally {
            if (!agreed) {
                greeting.close();
            }
        }
    }

    private static Channel channel(Wire wire, int maxMessageLength) {
        try {
            return new StreamChannel(wire, maxMessageLength);
        } catch (RuntimeException | Error e) { // no memory for its buffers
            wire.close();
            throw e;
        }
    }

    private int exchange(Wire wire, Token token, Medium.Offer offer) throws IOException, InterruptedException {
        sayHello(wire, token, offer);
        ByteBuffer welcome = WelcomeLayout.newBuffer();
        Deadline deadline = Deadline.after(settings.handshakeTimeout());
        while (welcome.hasRemaining()) {
            if (wire.read(welcome) < 0) {
                throw refused(Refusal.NO_ANSWER, "The listener hung up without an answer");
            }
            if (welcome.hasRemaining()) {
                if (deadline.hasPassed()) {
                    throw refused(
                            Refusal.NO_ANSWER, "The listener did not answer within " + settings.handshakeTimeout());
                }
                wire.awaitReadable(deadline);
            }
        }
        check(WelcomeLayout.read(welcome, settings.maxMessageLength()), welcome);
        return WelcomeLayout.maxMessageLength(welcome);
    }

    private void sayHello(Wire wire, Token token, Medium.Offer offer) throws ChannelException.Refused {
        try {
            // It fits the empty buffer of a new socket.
            ByteBuffer hello = HelloLayout.write(settings.maxMessageLength(), token, medium.code());
            wire.write(new ByteBuffer[] {hello, offer.bytes()});
        } catch (IOException e) {
            throw refused(Refusal.NO_ANSWER, "The listener hung up at once (" + e.getMessage() + ")");
        }
    }

    private void check(@Nullable Verdict verdict, ByteBuffer welcome) throws ChannelException.Refused {
        switch (verdict) {
            case WELCOME -> {}
            case WRONG_TOKEN ->
                throw refused(Refusal.WRONG_TOKEN, "The listener expects another token, or nobody any more");
            case WRONG_VERSION ->
                throw refused(
                        Refusal.WRONG_VERSION,
                        "The listener speaks another version; use the same release on both sides (it speaks "
                                + WelcomeLayout.version(welcome) + ")");
            case WRONG_USER -> throw refused(Refusal.WRONG_USER, "The listener belongs to another user");
            case NOT_A_PEER ->
                throw refused(
                        Refusal.NOT_A_PEER,
                        "The listener did not understand the greeting, or listens for another transport");
            case null -> throw refused(Refusal.NOT_A_PEER, "Whoever listens there speaks another protocol");
        }
    }

    private ChannelException.Refused refused(Refusal refusal, String message) {
        return new ChannelException.Refused(refusal, message + ": endpoint=" + endpoint);
    }
}
