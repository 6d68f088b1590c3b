package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelContract;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.Transport;

/** The contract over rings in a mapped file. */
class MappedChannelTest extends ChannelContract {

    @Override
    protected ChannelPair open() throws Exception {
        return Pairs.open(Transport.mappedFile());
    }

    @Override
    protected int longest() {
        return Transport.DEFAULT_MAX_MESSAGE_LENGTH;
    }
}
