package io.tournant.ipc;

/** What receiving came to: a {@link Message}, or why there is none. */
public sealed interface Received permits Message, Received.Absent {

    /** Why there is no message. */
    enum Absent implements Received {
        /** No message has arrived whole in the time given; one may come later. */
        NOTHING_YET,

        /** The peer closed its output, or the channel, in good order; no message will come. */
        END
    }
}
