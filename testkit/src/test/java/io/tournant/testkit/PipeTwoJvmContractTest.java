package io.tournant.testkit;

import io.tournant.ipc.Transport;
import org.junit.jupiter.api.BeforeAll;

/** The contract over pipes between two JVMs. */
final class PipeTwoJvmContractTest extends TwoJvmContract {

    @BeforeAll
    static void needsPipes() {
        Availability.assume(Transport.pipe());
    }

    @Override
    Transport transport() {
        return Transport.pipe();
    }
}
