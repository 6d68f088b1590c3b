package io.tournant.ipc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import io.tournant.ipc.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an output ends while the peer does not read. */
class OutputTest {

    private static final int MAX = 1000;
    private static final Message LONG_MESSAGE = Message.of(1, 1, new byte[MAX]);

    private final MemoryWire[] wires = MemoryWire.pair(100, Integer.MAX_VALUE);

    @Test
    void aPeerThatDoesNotReadFindsATornFrameAfterTheLingerTime() throws Exception {
        Channel left = channel(wires[0], Duration.ofMillis(20));
        Channel right = channel(wires[1], Duration.ofMillis(20));
        assertThat(left.trySend(LONG_MESSAGE)).isTrue();
        left.close();
        await().until(() -> !wires[0].isOpen());
        assertThatThrownBy(right::receive).isInstanceOf(ChannelException.Closed.class);
        assertThat(right.closeReason()).contains(new CloseReason.PeerDied());
    }

    @Test
    void aGoodbyeThatDoesNotFitFollowsWhenThePeerReads() throws Exception {
        Channel left = channel(wires[0], Duration.ofSeconds(30));
        Channel right = channel(wires[1], Duration.ofSeconds(30));
        Message exact = Message.of(1, 1, new byte[100 - 24]);
        assertThat(left.trySend(exact)).isTrue();
        left.close();
        assertThat(wires[0].isOpen()).as("there is still a goodbye to say").isTrue();
        assertThat(right.receive()).isEqualTo(exact);
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        await().until(() -> !wires[0].isOpen());
    }

    @Test
    void anEndThatIsInterruptedCanBeSentAgain() throws Exception {
        Channel left = channel(wires[0], Duration.ofSeconds(30));
        Channel right = channel(wires[1], Duration.ofSeconds(30));
        Message exact = Message.of(1, 1, new byte[100 - 24]);
        left.send(exact);
        Waiter<Boolean> ending = end(left).inside("awaitWritable");
        ending.thread().interrupt();
        assertThatThrownBy(ending::result).isInstanceOf(InterruptedException.class);
        Waiter<Boolean> again = end(left);
        assertThat(right.receive()).isEqualTo(exact);
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        again.result();
    }

    @Test
    void anEndThatIsHalfOutWhenInterruptedFollowsWhole() throws Exception {
        Channel left = channel(wires[0], Duration.ofSeconds(30));
        Channel right = channel(wires[1], Duration.ofSeconds(30));
        Message almost = Message.of(1, 1, new byte[100 - 24 - 10]);
        left.send(almost);
        Waiter<Boolean> ending = end(left).inside("awaitWritable");
        ending.thread().interrupt();
        ending.result();
        assertThatThrownBy(() -> left.trySend(almost)).hasMessageContaining("closeOutput()");
        assertThat(right.receive()).isEqualTo(almost);
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
    }

    @Test
    void theDeathOfThePeerWakesASenderThatHasStarted() throws Exception {
        Channel left = channel(wires[0], Duration.ofSeconds(30));
        Waiter<Boolean> sender = Waiter.run(() -> left.send(LONG_MESSAGE)).inside("awaitWritable");
        Waiter<Boolean> behind = Waiter.run(() -> left.send(LONG_MESSAGE)).inside("takeInLine");
        wires[1].close();
        assertThatThrownBy(sender::result).isInstanceOf(ChannelException.Closed.class);
        assertThatThrownBy(behind::result).isInstanceOf(ChannelException.Closed.class);
        assertThat(left.isOpen()).as("nobody has received the end").isTrue();
        assertThatThrownBy(left::receive).isInstanceOf(ChannelException.Closed.class);
        assertThat(left.closeReason()).contains(new CloseReason.PeerDied());
    }

    /** Who gets through at once, after waiting for the turn, owes the next in line a signal. */
    @Test
    void everySenderInLineGetsItsTurn() throws Exception {
        Channel left = channel(wires[0], Duration.ofSeconds(30));
        Channel right = channel(wires[1], Duration.ofSeconds(30));
        Waiter<Boolean> first = Waiter.run(() -> left.send(LONG_MESSAGE)).inside("awaitWritable");
        List<Waiter<Boolean>> line = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            line.add(Waiter.run(() -> left.send(Message.of(2, 2))).inside("takeInLine"));
        }
        assertThat(right.receive()).isEqualTo(LONG_MESSAGE);
        first.result();
        for (Waiter<Boolean> sender : line) {
            sender.result();
            assertThat(right.receive()).isEqualTo(Message.of(2, 2));
        }
    }

    @Test
    void theDeathOfThePeerWakesThePump() throws Exception {
        Channel left = channel(wires[0], Duration.ofSeconds(30));
        assertThat(left.trySend(LONG_MESSAGE)).isTrue();
        wires[1].close();
        Waiter<Boolean> behind = Waiter.run(() -> left.send(LONG_MESSAGE));
        assertThatThrownBy(behind::result).isInstanceOf(ChannelException.Closed.class);
    }

    /** A frame that cannot be finished must not leave the peer waiting for its rest. */
    @Test
    void aFailureInTheMiddleOfAFrameIsTheEndForThePeer() throws Exception {
        Channel left = channel(wires[0], Duration.ofSeconds(30));
        Channel right = channel(wires[1], Duration.ofSeconds(30));
        assertThat(left.trySend(Message.of(1, 1))).isTrue();
        wires[0].failAfter(30);
        assertThatThrownBy(() -> left.send(Message.of(2, 2, new byte[20])))
                .isInstanceOf(ChannelException.Closed.class)
                .hasMessageContaining("cause=No buffer space available");
        assertThatThrownBy(() -> left.send(Message.of(3, 3))).isInstanceOf(ChannelException.Closed.class);
        assertThat(right.receive()).isEqualTo(Message.of(1, 1));
        assertThatThrownBy(right::receive).isInstanceOf(ChannelException.Closed.class);
        assertThat(right.closeReason()).contains(new CloseReason.PeerDied());
        right.close();
        assertThatThrownBy(left::receive).isInstanceOf(ChannelException.Closed.class);
    }

    private static Waiter<Boolean> end(Channel channel) {
        return Waiter.run(() -> channel.closeOutput());
    }

    private static Channel channel(Wire wire, Duration linger) {
        return new StreamChannel(new WireLink(wire, MAX, 24), MAX, linger);
    }
}
