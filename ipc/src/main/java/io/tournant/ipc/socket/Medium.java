package io.tournant.ipc.socket;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.stream.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What two processes talk over once they have greeted each other on a socket. */
public interface Medium {

    /** The socket itself. */
    Medium SOCKET = new SocketMedium();

    /**
     * Returns how its endpoints begin.
     *
     * @return what stands before the colon
     */
    String scheme();

    /**
     * Returns how a hello names it.
     *
     * @return a number of its own
     */
    short code();

    /**
     * Returns how long an offer is, which follows the hello.
     *
     * @return a number of bytes
     */
    int offerLength();

    /**
     * Tells whether the socket of the greeting is needed afterwards.
     *
     * @return whether the link takes it; else it is closed
     */
    boolean keepsSocket();

    /**
     * Makes what the connecting side has to make.
     *
     * @return this side of it
     * @throws ChannelException.Unavailable if that is not possible; the message says why
     * @throws InterruptedException if interrupted; nothing is left
     */
    Side make() throws ChannelException, InterruptedException;

    /**
     * Opens what the connecting side has made.
     *
     * @param offer its offer, from position 0
     * @return this side of it
     * @throws IOException if it is not what it should be
     */
    Side open(ByteBuffer offer) throws IOException;

    /** What one process has of that over which both are to talk. */
    interface Side extends AutoCloseable {

        /**
         * Returns what tells the listening side where it is.
         *
         * @return what follows the hello
         */
        ByteBuffer offer();

        /**
         * Makes the link, which takes this over; closes it if that fails.
         *
         * @param socket that of the greeting, which never blocks; a link that keeps it closes it, as does a failure
         * @param maxMessageLength the longest payload that both sides agreed to
         * @return the link
         * @throws IOException if that is not possible
         */
        Link link(SocketChannel socket, int maxMessageLength) throws IOException;

        /** Removes the names, which nobody needs once both sides have opened what they stand for. */
        void removeNames();

        /** Closes this side, unless there is a link. */
        @Override
        void close();
    }
}
