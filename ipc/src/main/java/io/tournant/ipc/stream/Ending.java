package io.tournant.ipc.stream;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a channel is closed, and why: decided once by whoever comes first, and told to everyone who asked. */
final class Ending {
    /*
     * Overview   Two steps, so that callbacks find the channel's resources released.
     * States     open -> decided      decide(reason), by the first of several
     *            decided -> announced announce(), by the same thread
     * Fields     Both are CompletableFutures, which order their completion before what depends on it.
     * Accepted   A callback that is added while another thread announces may run before or after those already there.
     */

    private final CompletableFuture<CloseReason> decided = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> announced = new CompletableFuture<>();

    /** Decides the reason unless it is decided; who gets {@code true} releases resources, then announces. */
    boolean decide(CloseReason reason) {
        return decided.complete(reason);
    }

    /** Calls everyone back. */
    void announce() {
        announced.complete(decided.join());
    }

    /** The reason, or null while the channel is open. */
    @Nullable
    CloseReason reason() {
        return decided.getNow(null);
    }

    void onAnnounced(Consumer<? super CloseReason> callback) {
        var _ = announced.thenAccept(reason -> call(callback, reason));
    }

    /** What to throw at those who use a closed channel. */
    ChannelException exception() {
        CloseReason reason = decided.join();
        return switch (reason) {
            case CloseReason.Local() -> new ChannelException.Closed("The channel was closed on this side.", reason);
            case CloseReason.PeerClosed() -> new ChannelException.Closed("The peer closed the channel.", reason);
            case CloseReason.PeerDied() ->
                new ChannelException.Closed("The peer died, or gave the connection up without a goodbye.", reason);
            case CloseReason.Corrupt(var cause) -> new ChannelException.Corrupt(cause.getMessage());
            case CloseReason.Failed(var cause) ->
                new ChannelException.Failed("The transport failed: cause=" + cause.getMessage(), cause);
        };
    }

    private static void call(Consumer<? super CloseReason> callback, CloseReason reason) {
        try {
            callback.accept(reason);
        } catch (Throwable e) {
            log().error("A callback of a closed channel failed: reason={}", reason, e);
        }
    }

    /** Looked up only when there is something to tell, so that a worker does not pay for it when it starts. */
    private static Logger log() {
        return LoggerFactory.getLogger(Ending.class);
    }
}
