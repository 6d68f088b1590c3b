package io.tournant.ipc.socket;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelException.Refusal;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.stream.StreamChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;

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
        boolean taken = false;
        try {
            if (!PeerUser.isOurs(socket)) {
                throw refused(Refusal.WRONG_USER, "The listener belongs to another user");
            }
            Channel channel = greet(greeting, medium.make(), token);
            taken = medium.keepsSocket();
            return channel;
        } finally {
            if (!taken) {
                greeting.close();
            }
        }
    }

    private Channel greet(SocketWire socket, Medium.Side side, Token token) throws IOException, InterruptedException {
        var greeting = new Greeting(settings.maxMessageLength(), settings.handshakeTimeout(), endpoint.toString());
        boolean taken = false;
        try {
            ByteBuffer hello = HelloLayout.write(settings.maxMessageLength(), token, medium.code());
            int maxMessageLength = greeting.say(socket, hello, side.offer());
            taken = true;
            return new StreamChannel(side.link(socket.release(), maxMessageLength), maxMessageLength);
        } finally {
            side.removeNames();
            if (!taken) {
                side.close();
            }
        }
    }

    private ChannelException.Refused refused(Refusal refusal, String message) {
        return new ChannelException.Refused(refusal, message + ": endpoint=" + endpoint);
    }
}
