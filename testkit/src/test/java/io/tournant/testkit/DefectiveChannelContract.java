package io.tournant.testkit;

import io.tournant.ipc.Transport;
import io.tournant.testkit.DefectiveChannel.Flaw;

/** The contract over channels with a defect. Run by {@link ChannelDefectsTest} only. */
final class DefectiveChannelContract extends TransportContract {

    static Flaw flaw = Flaw.NONE;

    @Override
    Transport transport() {
        return Transport.unixSocket();
    }

    @Override
    protected ChannelPair open() throws Exception {
        return DefectiveChannel.pair(flaw, super.open());
    }
}
