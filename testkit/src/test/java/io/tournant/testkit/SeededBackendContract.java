package io.tournant.testkit;

import io.tournant.core.spi.TaskBackend;

/** The contract of the SPI over a backend with a defect. Run by {@link SeededDefectsTest} only. */
final class SeededBackendContract extends IsolatingBackendContractTest {

    @Override
    protected TaskBackend open() {
        return new IsolatingBackend(2, SeededContract.defect);
    }
}
