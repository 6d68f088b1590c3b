package io.tournant.ipc.bench;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** How peers wait that leave it to their users: without a pause, or where processors are scarce with growing ones. */
final class Idling {

    private Idling() {}

    static IdleStrategy strategy(boolean spins) {
        return spins ? new BusySpinIdleStrategy() : new BackoffIdleStrategy();
    }
}
