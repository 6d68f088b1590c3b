package io.tournant.ipc.bench;

/** One end of a connection. */
interface Link extends AutoCloseable {

    /** Sends a copy of the bytes, waiting for room. */
    void send(byte[] message) throws Exception;

    /** Waits for a message, and hands over all that can be had at once, each after a look at its bytes. */
    void receive(Receiver receiver) throws Exception;

    @Override
    default void close() throws Exception {}

    /** Takes messages. */
    @FunctionalInterface
    interface Receiver {
        /** Takes one, of which {@link Payload} has found out what it says. */
        void take(long word, long argument, int length) throws Exception;
    }
}
