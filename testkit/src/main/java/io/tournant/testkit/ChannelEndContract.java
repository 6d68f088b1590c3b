package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Half-close: a side of a {@link io.tournant.ipc.Channel} ends its output, and goes on receiving. */
public abstract class ChannelEndContract extends ChannelInterruptContract {

    private static final String CLOSED = "the peer's close";

    /** For subclasses. */
    protected ChannelEndContract() {}

    @Test
    @DisplayName("Channel.closeOutput: \"the peer receives what was sent, then Received.Absent.END\"")
    void thePeerReceivesWhatWasSentAndThenTheEnd() throws Exception {
        left().send(ofLength(0));
        left().send(ofLength(100));
        left().closeOutput();
        assertReceives(right(), ofLength(0), ofLength(100));
        assertReceivesEnd(right());
    }

    @Test
    @DisplayName(
            "Received.Absent.END: \"no message will come\": so say all ways to receive, as often as they are asked")
    void theEndIsReceivedByEveryWayToReceiveForEver() throws Exception {
        left().closeOutput();
        for (int i = 0; i < 2; i++) {
            assertThat(Caller.platform(() -> right().receive()).result()).isEqualTo(Received.Absent.END);
            assertReceivesEnd(right());
            assertThat(right().receive(SHORT)).isEqualTo(Received.Absent.END);
            assertThat(right().tryReceive()).isEqualTo(Received.Absent.END);
        }
    }

    @Test
    @DisplayName("Channel.closeOutput: \"ends one direction\": the side whose output is ended receives, and stays open")
    void theOtherDirectionGoesOnAfterAnEnd() throws Exception {
        left().closeOutput();
        assertReceivesEnd(right());
        int sent = fill(right());
        assertReceivesFilling(left(), sent);
        right().send(Message.of(1, 2));
        assertReceives(left(), Message.of(1, 2));
        assertThat(left().isOpen()).isTrue();
        assertThat(right().isOpen()).isTrue();
    }

    @Test
    @DisplayName("Channel.closeOutput: either side may be the one whose output ends first")
    void theOutputOfTheOtherSideMayEndFirst() throws Exception {
        right().send(Message.of(1, 2));
        right().closeOutput();
        assertReceives(left(), Message.of(1, 2));
        assertReceivesEnd(left());
        left().send(ofLength(100));
        assertReceives(right(), ofLength(100));
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
    }

    @Test
    @DisplayName("Channel.closeOutput: both outputs may end; what either side has sent is received, and both stay open")
    void bothOutputsMayEnd() throws Exception {
        left().send(Message.of(1, 2));
        right().send(Message.of(3, 4));
        left().closeOutput();
        right().closeOutput();
        assertReceives(left(), Message.of(3, 4));
        assertReceives(right(), Message.of(1, 2));
        assertReceivesEnd(left());
        assertReceivesEnd(right());
        assertThat(left().isOpen()).isTrue();
        assertThat(right().isOpen()).isTrue();
    }

    @Test
    @DisplayName(
            "Channel.send: \"Closed if the channel or its output is closed\"; the exception has no reason for it, as "
                    + "the channel is open")
    void nothingCanBeSentAfterTheEnd() throws Exception {
        left().closeOutput();
        List<Caller.Body> attempts = List.of(
                () -> left().send(Message.of(1, 2)),
                () -> left().send(Message.of(1, 2), Poll.patience()),
                () -> left().trySend(Message.of(1, 2)));
        for (Caller.Body attempt : attempts) {
            assertThatExceptionOfType(ChannelException.Closed.class)
                    .isThrownBy(attempt::run)
                    .matches(e -> e.reason().isEmpty(), "without a reason");
        }
        assertThat(left().isOpen()).isTrue();
        assertReceivesEnd(right());
    }

    @Test
    @DisplayName("Channel.closeOutput: \"Does nothing if the output is ended already\"")
    void anOutputMayBeEndedAgain() throws Exception {
        left().closeOutput();
        left().closeOutput();
        assertReceivesEnd(right());
        left().closeOutput();
        assertReceivesEnd(right());
        assertThat(right().isOpen()).as("there was one end only").isTrue();
        right().send(Message.of(1, 2));
        assertReceives(left(), Message.of(1, 2));
    }

    @Test
    @DisplayName("Channel.closeOutput: \"Waits for room\"; the end comes after everything that was sent")
    void anEndThatFindsNoRoomComesLast() throws Exception {
        int sent = fill();
        Caller<Boolean> ending = Caller.run(() -> left().closeOutput()).inside(left());
        assertReceivesFilling(sent);
        assertReceivesEnd(right());
        assertThat(ending.result()).isTrue();
        assertThat(left().isOpen()).isTrue();
    }

    @Test
    @DisplayName("Channel.closeOutput: \"the peer receives what was sent\": also a message that is half out by then")
    void anEndComesAfterAMessageThatIsHalfOut() throws Exception {
        assertThat(left().trySend(wide())).isTrue();
        Caller<Boolean> ending = Caller.run(() -> left().closeOutput());
        assertReceives(right(), wide());
        assertReceivesEnd(right());
        assertThat(ending.result()).isTrue();
    }

    @Test
    @DisplayName("Received.Absent.END: reaches every receiver that waits")
    void anEndWakesReceivers() throws Exception {
        List<Caller<Received>> receivers = List.of(
                Caller.platform(() -> right().receive()).inside(right()),
                Caller.platform(() -> right().receive(HUGE)).inside(right()),
                Caller.virtual(() -> right().receive()).inside(right()));
        left().closeOutput();
        for (Caller<Received> receiver : receivers) {
            assertThat(receiver.result()).isEqualTo(Received.Absent.END);
        }
    }

    // ------------------------------------------------------------------ a close after the end

    @Test
    @DisplayName("Channel: a close after the end is noticed by who receives: \"somebody must receive\"")
    void aCloseAfterTheEndIsFoundByWhoReceives() throws Exception {
        left().closeOutput();
        assertReceivesEnd(right());
        assertThat(right().isOpen()).isTrue();
        left().close();
        Poll.until(CLOSED, () -> {
            try {
                assertThat(right().tryReceive()).isEqualTo(Received.Absent.END);
            } catch (ChannelException e) {
                throw new AssertionError("The channel ended in good order", e);
            }
            return !right().isOpen();
        });
        assertThat(right().closeReason()).contains(new CloseReason.PeerClosed());
        assertReceivesEnd(right());
    }

    @Test
    @DisplayName("Channel: a close after the end is noticed by who sends: there is nothing more to receive before it")
    void aCloseAfterTheEndIsFoundByWhoSends() throws Exception {
        left().closeOutput();
        assertReceivesEnd(right());
        left().close();
        Poll.until(CLOSED, () -> {
            try {
                right().trySend(Message.of(1, 2));
            } catch (ChannelException.Closed e) {
                return !right().isOpen();
            } catch (ChannelException e) {
                throw new AssertionError("The channel ended in good order", e);
            }
            return false;
        });
        assertClosed(new CloseReason.PeerClosed(), () -> right().trySend(Message.of(1, 2)));
    }
}
