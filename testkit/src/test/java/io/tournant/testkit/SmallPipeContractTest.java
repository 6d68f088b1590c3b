package io.tournant.testkit;

import io.tournant.ipc.Transport;
import org.junit.jupiter.api.BeforeAll;

/** The contract over pipes of two pages. */
final class SmallPipeContractTest extends TransportContract {

    @BeforeAll
    static void needsPipes() {
        Availability.assume(Transport.pipe());
    }

    @Override
    Transport transport() {
        return Transport.pipe().withCapacity(8 << 10);
    }

    @Override
    protected int longest() {
        return 100_000;
    }
}
