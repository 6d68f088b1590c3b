package io.tournant.testkit;

import io.tournant.ipc.Transport;

/** The contract over rings in a mapped file between two JVMs. */
final class MappedTwoJvmContractTest extends TwoJvmContract {

    @Override
    Transport transport() {
        return Transport.mappedFile();
    }
}
