package io.tournant.testkit;

import io.tournant.ipc.Transport;

/** The contract over Unix-domain sockets between two JVMs. */
final class SocketTwoJvmContractTest extends TwoJvmContract {

    @Override
    Transport transport() {
        return Transport.unixSocket();
    }
}
