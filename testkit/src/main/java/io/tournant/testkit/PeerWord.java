package io.tournant.testkit;

import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What the JVM of a test and its peer say to each other. */
sealed interface PeerWord extends Serializable {

    /** What the peer is to do, with its channels at hand: a lambda that captures what it needs. */
    @FunctionalInterface
    interface Work extends Serializable {
        @Nullable
        Serializable on(PeerMain peer) throws Exception;
    }

    /**
     * Asks the peer to do something, on a thread of its own.
     *
     * @param id the number of the call
     * @param virtual whether on a virtual thread
     * @param interrupted whether that is to be interrupted before it begins
     * @param work what to do
     */
    record Call(long id, boolean virtual, boolean interrupted, Work work) implements PeerWord {}

    /**
     * Tells what came of a call.
     *
     * @param id the number of the call
     * @param interrupted whether the thread was interrupted at the end
     * @param reached whether an interrupt that was passed on found the thread
     * @param value what was returned, unless it is nothing
     * @param thrown what was thrown, unless something was returned
     */
    record Reply(
            long id,
            boolean interrupted,
            boolean reached,
            @Nullable Serializable value,
            @Nullable Throwable thrown) implements PeerWord {}

    /**
     * Asks the JVM of the test to run a callback. The peer waits for the answer, which is a call.
     *
     * @param id the number of the answer that is waited for
     * @param callback the number under which it was registered
     * @param reason what to tell it
     */
    record Closed(long id, int callback, CloseReason reason) implements PeerWord {}

    /** A message on its way between the two. */
    final class Parcel implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private final int kind;
        private final long correlationId;
        private final byte[] payload;

        Parcel(Message message) {
            kind = message.kind();
            correlationId = message.correlationId();
            payload = message.toBytes();
        }

        Message message() {
            return Message.of(kind, correlationId, payload);
        }

        static Serializable pack(Received received) {
            return switch (received) {
                case Message message -> new Parcel(message);
                case Received.Absent absent -> absent;
            };
        }

        static Received unpack(@Nullable Serializable packed) {
            return switch (packed) {
                case Parcel parcel -> parcel.message();
                case Received.Absent absent -> absent;
                case null, default -> throw new IllegalArgumentException("No such parcel: packed=" + packed);
            };
        }
    }
}
