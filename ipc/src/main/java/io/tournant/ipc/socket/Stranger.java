package io.tournant.ipc.socket;

import io.tournant.ipc.Token;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.frame.WelcomeLayout;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Someone who has connected to a listener and has still to say hello. */
final class Stranger {

    private final SocketChannel socket;
    private final Deadline patience;
    private final ByteBuffer hello = HelloLayout.newBuffer();

    Stranger(SocketChannel socket, Deadline patience) {
        this.socket = socket;
        this.patience = patience;
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
     * @return the verdict, or null while the hello is not complete
     * @throws IOException if the stranger has gone
     */
    @Nullable
    Verdict listen(Token token) throws IOException {
        if (socket.read(hello) < 0) {
            throw new IOException("hung up before saying hello");
        }
        if (hello.hasRemaining()) {
            return null;
        }
        return PeerUser.isOurs(socket) ? HelloLayout.judge(hello, token) : Verdict.WRONG_USER;
    }

    /**
     * Tells the stranger the verdict. The answer fits the empty buffer of a new socket, so this does not wait.
     *
     * @return the longest payload in either direction
     */
    int answer(Verdict verdict, int maxMessageLength) throws IOException {
        int agreed = verdict == Verdict.WELCOME
                ? Math.min(maxMessageLength, HelloLayout.maxMessageLength(hello))
                : maxMessageLength;
        socket.write(WelcomeLayout.write(verdict, agreed));
        return agreed;
    }
}
