package io.tournant.ipc.stream;

import io.tournant.testkit.ChannelContract;
import io.tournant.testkit.ChannelPair;
import java.time.Duration;

/** The contract over a wide wire in memory. */
final class MemoryChannelContractTest extends ChannelContract {

    @Override
    protected ChannelPair open() {
        MemoryWire[] wires = MemoryWire.pair(5000, Integer.MAX_VALUE);
        return new ChannelPair(channel(wires[0]), channel(wires[1]));
    }

    @Override
    protected int longest() {
        return 100_000;
    }

    private StreamChannel channel(Wire wire) {
        return new StreamChannel(new WireLink(wire, longest(), 1000), longest(), Duration.ofSeconds(30));
    }
}
