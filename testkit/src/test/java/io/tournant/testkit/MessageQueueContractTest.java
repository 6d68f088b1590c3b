package io.tournant.testkit;

import io.tournant.ipc.Transport;
import org.junit.jupiter.api.BeforeAll;

/** The contract over message queues. */
final class MessageQueueContractTest extends TransportContract {

    @BeforeAll
    static void needsQueues() {
        Availability.assume(Transport.messageQueue());
    }

    @Override
    Transport transport() {
        return Transport.messageQueue();
    }

    /** The queues of about 23 take all the bytes that a user may have in queues. */
    @Override
    protected int mostPairs() {
        return 16;
    }
}
