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
}
