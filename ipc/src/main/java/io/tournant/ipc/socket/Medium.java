package io.tournant.ipc.socket;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.stream.Wire;
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
     * Makes what the connecting side has to make.
     *
     * @return the offer; close it when there is an answer
     * @throws ChannelException.Unavailable if that is not possible; the message says why
     * @throws InterruptedException if interrupted; nothing is left
     */
    Offer offer() throws ChannelException, InterruptedException;

    /**
     * Takes what the connecting side has made.
     *
     * @param socket over which it was offered; closed with the wire
     * @param offer the offer, from position 0
     * @return the wire
     * @throws IOException if the offer is not what it should be
     */
    Wire accept(SocketChannel socket, ByteBuffer offer) throws IOException;

    /** What the connecting side has made. */
    interface Offer extends AutoCloseable {

        /**
         * Returns what follows the hello.
         *
         * @return the bytes
         */
        ByteBuffer bytes();

        /**
         * Makes the wire, after a welcome.
         *
         * @param greeting the socket over which that came; closed with the wire
         * @return the wire
         * @throws IOException if that is not possible
         */
        Wire wire(SocketWire greeting) throws IOException;

        /** Removes whatever nobody needs any more once there is an answer; all of it if there is no wire. */
        @Override
        void close();
    }
}
