package io.tournant.testkit;

import io.tournant.ipc.Channel;

/**
 * Both ends of one connection, as a test of {@link ChannelContract} has them in its hands.
 *
 * @param left one end, held by this JVM
 * @param right the other end: held by this JVM too, or a stand-in for one that {@link PeerJvm another JVM} holds
 */
public record ChannelPair(Channel left, Channel right) implements AutoCloseable {

    /** Closes both ends. */
    @Override
    public void close() {
        left.close();
        right.close();
    }
}
