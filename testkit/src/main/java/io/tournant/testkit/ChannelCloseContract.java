package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a {@link Channel} is closed, and what either side finds afterwards. */
public abstract class ChannelCloseContract extends ChannelEndContract {

    static final CloseReason LOCAL = new CloseReason.Local();
    static final CloseReason PEER_CLOSED = new CloseReason.PeerClosed();

    /** For subclasses. */
    protected ChannelCloseContract() {}

    // ------------------------------------------------------------------ on this side

    @Test
    @DisplayName("Channel.closeReason: \"nothing while the channel is open\"")
    void anOpenChannelHasNoReasonToBeClosed() throws Exception {
        assertThat(left().closeReason()).isEmpty();
        assertThat(right().closeReason()).isEmpty();
        assertWorks();
    }

    @Test
    @DisplayName(
            "Channel.close: \"Closes both directions for the reason CloseReason.Local\"; everything says so from then")
    void nothingWorksAfterACloseAndEverythingSaysSo() {
        left().close();
        assertThat(left().isOpen()).isFalse();
        assertThat(left().closeReason()).contains(LOCAL);
        assertClosed(LOCAL, () -> left().trySend(Message.of(1, 2)));
        assertClosed(LOCAL, () -> left().send(Message.of(1, 2)));
        assertClosed(LOCAL, () -> left().send(Message.of(1, 2), Poll.patience()));
        assertClosed(LOCAL, () -> left().receive());
        assertClosed(LOCAL, () -> left().receive(Poll.patience()));
        assertClosed(LOCAL, () -> left().tryReceive());
        assertClosed(LOCAL, () -> left().closeOutput());
    }

    @Test
    @DisplayName("Channel.close: \"messages not yet received are dropped\"")
    void aCloseDropsWhatWasNotReceived() throws Exception {
        left().send(Message.of(1, 2));
        left().closeOutput();
        right().close();
        assertClosed(LOCAL, () -> right().tryReceive());
        assertClosed(LOCAL, () -> right().receive());
    }

    @Test
    @DisplayName("Channel.close: \"does nothing if the channel is closed\"; the reason stays")
    void aChannelMayBeClosedAgain() throws Exception {
        left().close();
        left().close();
        assertReceivesEnd(right());
        right().close();
        right().close();
        assertThat(left().closeReason()).contains(LOCAL);
        assertThat(right().closeReason()).contains(PEER_CLOSED);
    }

    @Test
    @DisplayName("Channel.close: may be called by many threads of both sides at once")
    void aChannelMayBeClosedByManyThreads() throws Exception {
        List<Caller<Boolean>> closers = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < 8; i++) {
            Channel closed = i % 2 == 0 ? left() : right();
            closers.add(Caller.run(() -> {
                start.await();
                closed.close();
            }));
        }
        start.countDown();
        assertAllGetThrough(closers);
        assertThat(left().closeReason()).contains(LOCAL);
        assertThat(right().closeReason()).contains(LOCAL);
    }

    @Test
    @DisplayName("Channel.close: \"Does not block\", though the peer receives nothing of what was sent")
    void aCloseDoesNotWaitForRoom() throws Exception {
        fill();
        assertThat(Caller.run(() -> left().close()).result()).isTrue();
        assertThat(left().closeReason()).contains(LOCAL);
    }

    // ------------------------------------------------------------------ of those who wait

    @Test
    @DisplayName("Channel.close: \"Threads that wait on this channel get ChannelException.Closed\": receivers")
    void aCloseWakesReceivers() throws Exception {
        List<Caller<Received>> receivers = List.of(
                Caller.platform(() -> right().receive()).inside(right()),
                Caller.platform(() -> right().receive(HUGE)).inside(right()),
                Caller.virtual(() -> right().receive()).inside(right()));
        right().close();
        for (Caller<Received> receiver : receivers) {
            assertClosed(LOCAL, receiver::result);
        }
    }

    @Test
    @DisplayName("Channel.close: \"Threads that wait on this channel get ChannelException.Closed\": senders")
    void aCloseWakesSenders() throws Exception {
        int sent = fill();
        List<Caller<Boolean>> senders = List.of(
                Caller.run(() -> left().send(filling(sent))).inside(left()),
                Caller.platform(() -> left().send(filling(sent), HUGE)).inside(left()),
                Caller.virtual(() -> left().send(filling(sent), Poll.patience()))
                        .inside(left()));
        left().close();
        for (Caller<Boolean> sender : senders) {
            assertClosed(LOCAL, sender::result);
        }
    }

    @Test
    @DisplayName("Channel.closeOutput: \"Closed if the channel [...] becomes so before the end is out\"")
    void aCloseWakesWhoEndsTheOutput() throws Exception {
        fill();
        Caller<Boolean> ending = Caller.run(() -> left().closeOutput()).inside(left());
        left().close();
        try {
            assertThat(ending.result()).as("the end was out").isTrue();
        } catch (ChannelException.Closed e) {
            assertThat(e.reason()).contains(LOCAL);
        }
        assertClosed(LOCAL, () -> left().closeOutput());
    }

    @Test
    @DisplayName("Received.Absent.END: \"The peer closed its output, or the channel\": receivers that wait are told")
    void aCloseOfThePeerWakesReceivers() throws Exception {
        List<Caller<Received>> receivers = List.of(
                Caller.platform(() -> left().receive()).inside(left()),
                Caller.platform(() -> left().receive(HUGE)).inside(left()),
                Caller.virtual(() -> left().receive()).inside(left()));
        right().close();
        for (Caller<Received> receiver : receivers) {
            assertThat(receiver.result()).isEqualTo(Received.Absent.END);
        }
        assertThat(left().closeReason()).contains(PEER_CLOSED);
    }

    @Test
    @DisplayName("Channel.send: \"Closed if the channel [...] becomes so before the message is out\", by the peer")
    void aCloseOfThePeerWakesSenders() throws Exception {
        int sent = fill();
        List<Caller<Boolean>> senders = List.of(
                Caller.run(() -> left().send(filling(sent))).inside(left()),
                Caller.platform(() -> left().send(filling(sent), HUGE)),
                Caller.virtual(() -> left().send(filling(sent), HUGE)));
        right().close();
        for (Caller<Boolean> sender : senders) {
            assertThatExceptionOfType(ChannelException.Closed.class).isThrownBy(sender::result);
        }
        assertReceivesEnd(left());
        assertThat(left().closeReason()).contains(PEER_CLOSED);
    }

    // ------------------------------------------------------------------ on the other side

    @Test
    @DisplayName("CloseReason.PeerClosed: \"The peer closed the channel in good order, and everything it had sent was "
            + "received\"")
    void thePeerReceivesWhatWasSentBeforeAClose() throws Exception {
        left().send(ofLength(100));
        left().close();
        assertReceives(right(), ofLength(100));
        assertReceivesEnd(right());
        assertThat(right().closeReason()).contains(PEER_CLOSED);
        assertThat(left().closeReason()).contains(LOCAL);
    }

    @Test
    @DisplayName("Channel: a receiver is told of the peer's close \"only after it has received everything that came "
            + "before it\"")
    void aCloseOfThePeerIsNotSeenBeforeWhatItSentIsReceived() throws Exception {
        left().send(Message.of(1, 1));
        left().send(Message.of(2, 2));
        left().close();
        assertThat(right().closeReason()).isEmpty();
        assertReceives(right(), Message.of(1, 1));
        assertThat(right().closeReason()).as("before the last message").isEmpty();
        assertReceives(right(), Message.of(2, 2));
        assertReceivesEnd(right());
        assertThat(right().closeReason()).contains(PEER_CLOSED);
    }

    @Test
    @DisplayName(
            "Channel.receive: \"END once the peer has closed [...] the channel\": by every way to receive, for ever")
    void afterACloseOfThePeerThereIsNothingButTheEnd() throws Exception {
        left().close();
        assertThat(Caller.platform(() -> right().receive()).result()).isEqualTo(Received.Absent.END);
        List<Callable<Received>> ways =
                List.of(() -> right().receive(), () -> right().receive(SHORT), () -> right().tryReceive());
        for (Callable<Received> way : ways) {
            assertThat(way.call()).isEqualTo(Received.Absent.END);
        }
        assertClosed(PEER_CLOSED, () -> right().trySend(Message.of(1, 2)));
        assertClosed(PEER_CLOSED, () -> right().send(Message.of(1, 2), Poll.patience()));
        assertClosed(PEER_CLOSED, () -> right().closeOutput());
    }

    @Test
    @DisplayName(
            "Channel.close: \"What was sent still goes out, in the background, as long as the peer reads on\": all that "
                    + "fits")
    void aCloseLosesNothingOfAFullChannel() throws Exception {
        int sent = fill();
        Caller<List<Message>> receiver = receivingAll(right());
        left().close();
        assertThat(receiver.result())
                .isEqualTo(IntStream.range(0, sent).mapToObj(this::filling).toList());
        assertThat(right().closeReason()).contains(PEER_CLOSED);
    }

    @Test
    @DisplayName("Channel.close: \"What was sent still goes out\": a message that is half out, too")
    void aMessageThatIsHalfOutAtACloseFollowsWhole() throws Exception {
        assertThat(left().trySend(wide())).isTrue();
        Caller<List<Message>> receiver = receivingAll(right());
        left().close();
        assertThat(receiver.result()).containsExactly(wide());
        assertThat(right().closeReason()).contains(PEER_CLOSED);
    }

    @Test
    @DisplayName("Channel.send: one that waits half-way through its message when the channel is closed has sent it or "
            + "says that it did not")
    void aSenderThatIsHalfThroughAtACloseSaysWhatIsTrue() throws Exception {
        Caller<Boolean> sender = sending(left(), List.of(wide())).inside(left());
        Caller<List<Message>> receiver = receivingAll(right());
        left().close();
        boolean sent = true;
        try {
            sender.result();
        } catch (ChannelException.Closed e) {
            sent = false;
            assertThat(e.reason()).contains(LOCAL);
        }
        assertThat(receiver.result()).isEqualTo(sent ? List.of(wide()) : List.of());
        assertThat(right().closeReason()).contains(PEER_CLOSED);
    }
}
