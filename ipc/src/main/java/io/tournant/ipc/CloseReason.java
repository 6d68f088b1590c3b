package io.tournant.ipc;

import java.io.IOException;
import java.io.Serializable;

/** Why a {@link Channel} is closed. */
public sealed interface CloseReason extends Serializable {

    /** This side closed the channel. */
    record Local() implements CloseReason {}

    /** The peer closed the channel in good order, and everything it had sent was received. */
    record PeerClosed() implements CloseReason {}

    /** The connection ended without a goodbye: the peer died, or gave the connection up. */
    record PeerDied() implements CloseReason {}

    /**
     * What arrived is no frame: the peer is broken, hostile, or speaks another protocol.
     *
     * @param cause what was found
     */
    record Corrupt(ChannelException.Corrupt cause) implements CloseReason {}

    /**
     * The transport failed.
     *
     * @param cause what the operating system said
     */
    record Failed(IOException cause) implements CloseReason {}
}
