package io.tournant.testkit;

import io.tournant.ipc.Transport;
import org.junit.jupiter.api.BeforeAll;

/** The contract over queues that are full at every turn, and whose messages cut every frame. */
final class SmallMessageQueueContractTest extends TransportContract {

    @BeforeAll
    static void needsQueues() {
        Availability.assume(Transport.messageQueue());
    }

    @Override
    Transport transport() {
        return Transport.messageQueue().withMessages(5).withMessageLength(67);
    }

    @Override
    protected int longest() {
        return 100_000;
    }

    /** Two queues each, and a machine has 256 for all. */
    @Override
    protected int mostPairs() {
        return 64;
    }
}
