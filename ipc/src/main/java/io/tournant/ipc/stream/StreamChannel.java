package io.tournant.ipc.stream;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The channel over a {@link Link}. */
public final class StreamChannel implements Channel {
    /*
     * Overview   Input and output know nothing of each other; both meet here, where the channel ends. Whoever finds an
     *            end (close() here, the receiver, a sender that may look past the end of the input) decides the reason,
     *            unless it is decided, releases what the channel holds, and announces.
     */

    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Ending ending = new Ending();
    private final Link link;
    private final Output output;
    private final Input input;
    private final int maxMessageLength;

    /**
     * Creates a channel on a link over which the greeting has gone.
     *
     * @param link what carries its messages; the channel closes it
     * @param maxMessageLength the longest payload that both sides agreed to
     */
    public StreamChannel(Link link, int maxMessageLength) {
        this(link, maxMessageLength, LINGER);
    }

    StreamChannel(Link link, int maxMessageLength, Duration linger) {
        this.link = link;
        this.maxMessageLength = maxMessageLength;
        output = new Output(link, ending, linger);
        input = new Input(link);
    }

    @Override
    public void send(Message message) throws ChannelException, InterruptedException {
        checkInterrupt();
        send(message, Deadline.NEVER);
    }

    @Override
    public boolean send(Message message, Duration timeout) throws ChannelException, InterruptedException {
        checkInterrupt();
        return send(message, Deadline.after(timeout));
    }

    @Override
    public boolean trySend(Message message) throws ChannelException {
        try {
            return send(message, Deadline.NOW);
        } catch (InterruptedException e) {
            throw new AssertionError("Who does not wait is not interrupted.", e);
        }
    }

    @Override
    public Received receive() throws ChannelException, InterruptedException {
        checkInterrupt();
        return receive(Deadline.NEVER);
    }

    @Override
    public Received receive(Duration timeout) throws ChannelException, InterruptedException {
        checkInterrupt();
        return receive(Deadline.after(timeout));
    }

    @Override
    public Received tryReceive() throws ChannelException {
        try {
            return receive(Deadline.NOW);
        } catch (InterruptedException e) {
            throw new AssertionError("Who does not wait is not interrupted.", e);
        }
    }

    @Override
    public void closeOutput() throws ChannelException, InterruptedException {
        checkInterrupt();
        output.end();
    }

    @Override
    public void onClose(Consumer<? super CloseReason> callback) {
        ending.onAnnounced(callback);
    }

    @Override
    public Optional<CloseReason> closeReason() {
        return Optional.ofNullable(ending.reason());
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    @Override
    public void close() {
        if (ending.decide(new CloseReason.Local())) {
            link.closeInput();
            output.close();
            ending.announce();
        }
    }

    /** Tells how many bytes the channel may carry, and whether it is open. */
    @Override
    public String toString() {
        return "StreamChannel[maxMessageLength=" + maxMessageLength + ", closeReason=" + ending.reason() + "]";
    }

    private boolean send(Message message, Deadline deadline) throws ChannelException, InterruptedException {
        if (message.length() > maxMessageLength) {
            throw new ChannelException.TooLarge(message.length(), maxMessageLength);
        }
        try {
            return output.send(message, deadline);
        } catch (ChannelException.Closed e) {
            settle();
            throw ending.reason() == null ? e : ending.exception();
        }
    }

    private Received receive(Deadline deadline) throws ChannelException, InterruptedException {
        if (ending.reason() == null) {
            try {
                Received received = input.receive(deadline);
                if (received == Received.Absent.END) {
                    settle();
                }
                return received;
            } catch (EndOfInput e) {
                end(e.reason());
            }
        }
        if (ending.reason() instanceof CloseReason.Local || !input.isEnded()) {
            throw ending.exception();
        }
        return Received.Absent.END;
    }

    /** Once the input has ended in good order: learns whether the peer is gone, too. */
    private void settle() {
        try {
            input.settle();
        } catch (EndOfInput e) {
            end(e.reason());
        }
    }

    private void end(CloseReason reason) {
        if (ending.decide(reason)) {
            output.abort();
            ending.announce();
        }
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
