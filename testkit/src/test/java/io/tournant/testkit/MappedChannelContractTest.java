package io.tournant.testkit;

import io.tournant.ipc.Transport;

/** The contract over rings in a mapped file. */
final class MappedChannelContractTest extends TransportContract {

    @Override
    Transport transport() {
        return Transport.mappedFile();
    }
}
