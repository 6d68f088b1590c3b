package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelContract;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.Transport;

/** The contract over rings that are full at every turn. */
class SmallRingChannelTest extends ChannelContract {

    @Override
    protected ChannelPair open() throws Exception {
        return Pairs.open(Transport.mappedFile()
                .withCapacity(4096)
                .withSocket(Transport.unixSocket().withMaxMessageLength(longest())));
    }

    @Override
    protected int longest() {
        return 100_000;
    }
}
