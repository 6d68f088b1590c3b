package io.tournant.testkit;

import io.tournant.ipc.Transport;

/** The contract over rings that are full at every turn. */
final class SmallRingChannelContractTest extends TransportContract {

    @Override
    Transport transport() {
        return Transport.mappedFile().withCapacity(4096);
    }

    @Override
    protected int longest() {
        return 100_000;
    }
}
