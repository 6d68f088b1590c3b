package io.tournant.ipc;

/** Both ends of one connection, in one JVM. */
public record ChannelPair(Channel left, Channel right) implements AutoCloseable {

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
