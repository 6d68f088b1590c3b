package io.tournant.ipc.socket;

import io.tournant.ipc.Token;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.frame.WelcomeLayout;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Someone who has connected to a listener and has still to say hello. */
final class Stranger {

    private final SocketChannel socket;
    private final Deadline patience;
    private final Medium medium;
    private final ByteBuffer hello = HelloLayout.newBuffer();
    private final ByteBuffer offer;
    private @Nullable Verdict verdict;

    Stranger(SocketChannel socket, Deadline patience, Medium medium) {
        this.socket = socket;
        this.patience = patience;
        this.medium = medium;
        offer = ByteBuffer.allocate(medium.offerLength());
    }

    SocketChannel socket() {
        return socket;
    }

    /** Until when the hello must have come. */
    Deadline patience() {
        return patience;
    }

    /**
     * Listens, without waiting.
     *
     * @return the verdict, or null while the hello, or an offer after a good one, is not complete
     * @throws IOException if the stranger has gone
     */
    @Nullable
    Verdict listen(Token token) throws IOException {
        read(hello);
        if (hello.hasRemaining()) {
            return null;
        }
        if (verdict == null) {
            verdict = PeerUser.isOurs(socket) ? HelloLayout.judge(hello, token, medium.code()) : Verdict.WRONG_USER;
        }
        if (verdict == Verdict.WELCOME) {
            read(offer);
        }
        return verdict == Verdict.WELCOME && offer.hasRemaining() ? null : verdict;
    }

    private void read(ByteBuffer target) throws IOException {
        if (target.hasRemaining() && socket.read(target) < 0) {
            throw new IOException("hung up in the middle of the greeting");
        }
    }

    /**
     * Takes the offer of one that is welcome.
     *
     * @param maxMessageLength the longest payload that this side agrees to
     * @return the link to it, upon which the socket is the link's, if the medium keeps it
     * @throws IOException if the offer is no good
     */
    Link link(int maxMessageLength) throws IOException {
        Medium.Side side = medium.open(offer);
        side.removeNames();
        return side.link(socket, agreed(maxMessageLength));
    }

    /**
     * Tells the stranger the verdict. The answer fits the empty buffer of a new socket, so this does not wait.
     *
     * @return the longest payload in either direction
     */
    int answer(Verdict verdict, int maxMessageLength) throws IOException {
        int agreed = verdict == Verdict.WELCOME ? agreed(maxMessageLength) : maxMessageLength;
        socket.write(WelcomeLayout.write(verdict, agreed));
        return agreed;
    }

    private int agreed(int maxMessageLength) {
        return Math.min(maxMessageLength, HelloLayout.maxMessageLength(hello));
    }
}
