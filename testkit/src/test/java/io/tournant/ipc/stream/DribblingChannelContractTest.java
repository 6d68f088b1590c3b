package io.tournant.ipc.stream;

import io.tournant.testkit.ChannelContract;
import io.tournant.testkit.ChannelPair;
import java.time.Duration;

/** The contract over a wire that moves a single byte at a time; the buffers of the channel hold just a header. */
final class DribblingChannelContractTest extends ChannelContract {

    @Override
    protected ChannelPair open() {
        MemoryWire[] wires = MemoryWire.pair(1000, 1);
        return new ChannelPair(channel(wires[0]), channel(wires[1]));
    }

    @Override
    protected int longest() {
        return 5000;
    }

    private StreamChannel channel(Wire wire) {
        return new StreamChannel(new WireLink(wire, longest(), 24), longest(), Duration.ofSeconds(30));
    }
}
