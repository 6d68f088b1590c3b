package io.tournant.testkit;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import io.tournant.testkit.PeerWord.Parcel;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a channel of another JVM. Whatever a thread calls here is called there by a thread of the same kind, which
 * is interrupted when this one is; what that returns or throws comes back, and so do callbacks, before the call in which
 * they run returns.
 */
final class PeerChannel implements Channel {

    private final PeerJvm peer;
    private final int number;

    PeerChannel(PeerJvm peer, int number) {
        this.peer = peer;
        this.number = number;
    }

    @Override
    public void send(Message message) throws ChannelException, InterruptedException {
        int channel = number; // or the lambda would capture this
        Parcel parcel = new Parcel(message);
        var _ = peer.perform(there -> {
            there.channel(channel).send(parcel.message());
            return null;
        });
    }

    @Override
    public boolean send(Message message, Duration timeout) throws ChannelException, InterruptedException {
        int channel = number;
        Parcel parcel = new Parcel(message);
        return isTrue(peer.perform(there -> there.channel(channel).send(parcel.message(), timeout)));
    }

    @Override
    public boolean trySend(Message message) throws ChannelException {
        int channel = number;
        Parcel parcel = new Parcel(message);
        return isTrue(performAtOnce(there -> there.channel(channel).trySend(parcel.message())));
    }

    @Override
    public Received receive() throws ChannelException, InterruptedException {
        int channel = number;
        return Parcel.unpack(
                peer.perform(there -> Parcel.pack(there.channel(channel).receive())));
    }

    @Override
    public Received receive(Duration timeout) throws ChannelException, InterruptedException {
        int channel = number;
        return Parcel.unpack(
                peer.perform(there -> Parcel.pack(there.channel(channel).receive(timeout))));
    }

    @Override
    public Received tryReceive() throws ChannelException {
        int channel = number;
        return Parcel.unpack(
                performAtOnce(there -> Parcel.pack(there.channel(channel).tryReceive())));
    }

    @Override
    public void closeOutput() throws ChannelException, InterruptedException {
        int channel = number;
        var _ = peer.perform(there -> {
            there.channel(channel).closeOutput();
            return null;
        });
    }

    @Override
    public void onClose(Consumer<? super CloseReason> callback) {
        int channel = number;
        int registered = peer.register(callback);
        var _ = performSurely(there -> {
            there.channel(channel).onClose(reason -> there.callBack(registered, reason));
            return null;
        });
    }

    @Override
    public Optional<CloseReason> closeReason() {
        int channel = number;
        return Optional.ofNullable((CloseReason)
                performSurely(there -> there.channel(channel).closeReason().orElse(null)));
    }

    @Override
    public boolean isOpen() {
        int channel = number;
        return isTrue(performSurely(there -> there.channel(channel).isOpen()));
    }

    @Override
    public int maxMessageLength() {
        int channel = number;
        Serializable length = performSurely(there -> there.channel(channel).maxMessageLength());
        return length instanceof Integer known ? known : -1;
    }

    @Override
    public void close() {
        if (peer.isAlive()) {
            int channel = number;
            var _ = performSurely(there -> {
                there.channel(channel).close();
                return null;
            });
        }
    }

    /** Tells whether what a thread calls here is inside of the channel there. */
    boolean isInside(Thread caller) {
        int channel = number;
        Long call = peer.callOf(caller);
        return call != null && isTrue(performSurely(there -> there.isInside(call, channel)));
    }

    private static boolean isTrue(@Nullable Serializable value) {
        return Boolean.TRUE.equals(value);
    }

    private @Nullable Serializable performAtOnce(PeerWord.Work work) throws ChannelException {
        try {
            return peer.perform(work);
        } catch (InterruptedException e) {
            throw new AssertionError("Who does not wait is not interrupted", e);
        }
    }

    private @Nullable Serializable performSurely(PeerWord.Work work) {
        try {
            return performAtOnce(work);
        } catch (ChannelException e) {
            throw new AssertionError("This does not fail", e);
        }
    }
}
