package io.tournant.testkit;

/** The contract over a channel that has nothing in common with ours. */
final class QueueChannelContractTest extends ChannelContract {

    @Override
    protected ChannelPair open() {
        return QueueChannel.pair(10_000, longest());
    }

    @Override
    protected int longest() {
        return 50_000;
    }
}
