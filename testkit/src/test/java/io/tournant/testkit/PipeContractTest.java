package io.tournant.testkit;

import io.tournant.ipc.Transport;
import org.junit.jupiter.api.BeforeAll;

/** The contract over pipes. */
final class PipeContractTest extends TransportContract {

    @BeforeAll
    static void needsPipes() {
        Availability.assume(Transport.pipe());
    }

    @Override
    Transport transport() {
        return Transport.pipe();
    }
}
