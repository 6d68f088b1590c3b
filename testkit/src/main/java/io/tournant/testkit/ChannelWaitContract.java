package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long a {@link io.tournant.ipc.Channel} waits: as long as it is told to, and what a caller finds who no longer waited. */
public abstract class ChannelWaitContract extends ChannelTrafficContract {

    /** For subclasses. */
    protected ChannelWaitContract() {}

    // ------------------------------------------------------------------ receivers

    @Test
    @DisplayName("Channel.receive: \"waiting for it as long as necessary\"")
    void aReceiverWaitsForAMessage() throws Exception {
        assertWaits(Caller.platform(() -> right().receive()));
    }

    @Test
    @DisplayName("Channel.receive: \"waiting for it as long as necessary\": a virtual thread")
    void aVirtualReceiverWaitsForAMessage() throws Exception {
        assertWaits(Caller.virtual(() -> right().receive()));
    }

    @Test
    @DisplayName("Channel.receive(timed): \"waiting for it no longer than the time given\", however much that is")
    void aReceiverWithMuchTimeWaitsForAMessage() throws Exception {
        assertWaits(Caller.platform(() -> right().receive(HUGE)));
        assertWaits(Caller.virtual(() -> right().receive(Poll.patience())));
    }

    private void assertWaits(Caller<Received> receiver) throws Exception {
        assertThat(receiver.inside(right()).isDone()).isFalse();
        left().send(Message.of(1, 2));
        assertThat(receiver.result()).isEqualTo(Message.of(1, 2));
    }

    @Test
    @DisplayName("Channel.receive(timed): \"the message, or NOTHING_YET\" when the time is up")
    void aReceiverGivesUpWhenItsTimeIsUp() throws Exception {
        long start = System.nanoTime();
        assertThat(right().receive(SHORT)).isEqualTo(Received.Absent.NOTHING_YET);
        assertThat(System.nanoTime() - start).isGreaterThan(SHORT.toNanos() / 2);
        assertWorks();
    }

    @Test
    @DisplayName("Channel.receive(timed): \"zero or less does not wait\"")
    void aReceiverWithoutTimeDoesNotWait() throws Exception {
        for (Duration none : NONE) {
            assertThat(Caller.platform(() -> right().receive(none)).result()).isEqualTo(Received.Absent.NOTHING_YET);
        }
        left().send(Message.of(1, 2));
        assertThat(arrival(() -> right().receive(Duration.ZERO))).isEqualTo(Message.of(1, 2));
    }

    @Test
    @DisplayName("Channel.tryReceive: \"the next message if it has arrived whole. Neither waits nor [...]\"")
    void whoTriesToReceiveDoesNotWait() throws Exception {
        assertThat(Caller.platform(() -> right().tryReceive()).result()).isEqualTo(Received.Absent.NOTHING_YET);
        left().send(Message.of(1, 2));
        assertThat(arrival(() -> right().tryReceive())).isEqualTo(Message.of(1, 2));
    }

    @Test
    @DisplayName("Channel.tryReceive: \"if it has arrived whole\": a part of a message is never received")
    void whoTriesToReceiveNeverGetsAPart() throws Exception {
        List<Message> messages = List.of(wide(), wide(), ofLength(1));
        Caller<Boolean> sender = sending(left(), messages);
        assertThat(arrival(() -> right().tryReceive())).isEqualTo(wide());
        assertThat(arrival(() -> right().receive(Duration.ofNanos(1)))).isEqualTo(wide());
        assertThat(arrival(() -> right().tryReceive())).isEqualTo(ofLength(1));
        assertThat(sender.result()).isTrue();
    }

    /** Calls again and again until there is something. */
    private static Received arrival(Callable<Received> call) throws Exception {
        Received[] received = {Received.Absent.NOTHING_YET};
        long start = System.nanoTime();
        while (received[0] == Received.Absent.NOTHING_YET) {
            received[0] = call.call();
            assertThat(System.nanoTime() - start).isLessThan(Poll.patience().toNanos());
        }
        return received[0];
    }

    @Test
    @DisplayName("Channel: \"threads that receive concurrently take turns\": nobody waits for a turn longer than asked")
    void aTurnToReceiveIsNotWaitedForLongerThanAsked() throws Exception {
        Caller<Received> receiver = Caller.platform(() -> right().receive()).inside(right());
        assertThat(Caller.platform(() -> right().tryReceive()).result()).isEqualTo(Received.Absent.NOTHING_YET);
        assertThat(Caller.platform(() -> right().receive(SHORT)).result()).isEqualTo(Received.Absent.NOTHING_YET);
        left().send(Message.of(1, 2));
        assertThat(receiver.result()).isEqualTo(Message.of(1, 2));
    }

    // ------------------------------------------------------------------ senders

    @Test
    @DisplayName("Channel.send: \"waiting for room as long as necessary\"")
    void aSenderWaitsForRoom() throws Exception {
        int sent = fill();
        Caller<Boolean> sender = Caller.run(() -> left().send(filling(sent)));
        assertSendsWhenThereIsRoom(sent, sender);
    }

    @Test
    @DisplayName("Channel.send: \"waiting for room as long as necessary\": a virtual thread")
    void aVirtualSenderWaitsForRoom() throws Exception {
        int sent = fill();
        Caller<Boolean> sender = Caller.virtual(() -> {
            left().send(filling(sent));
            return true;
        });
        assertSendsWhenThereIsRoom(sent, sender);
    }

    @Test
    @DisplayName("Channel.send(timed): \"waiting for room no longer than the time given\", however much that is")
    void aSenderWithMuchTimeWaitsForRoom() throws Exception {
        int sent = fill();
        assertSendsWhenThereIsRoom(sent, Caller.platform(() -> left().send(filling(sent), HUGE)));
    }

    private void assertSendsWhenThereIsRoom(int sent, Caller<Boolean> sender) throws Exception {
        assertThat(sender.inside(left()).isDone()).isFalse();
        assertReceivesFilling(sent + 1);
        assertThat(sender.result()).isTrue();
    }

    @Test
    @DisplayName("Channel.send(timed): \"whether the message was sent; if false, nothing was\"")
    void aSenderGivesUpWhenItsTimeIsUp() throws Exception {
        int sent = fill();
        long start = System.nanoTime();
        assertThat(left().send(filling(sent), SHORT)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThan(SHORT.toNanos() / 2);
        assertReceivesFilling(sent);
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        assertWorks();
    }

    @Test
    @DisplayName("Channel.send(timed): \"zero or less does not wait\"; where there is room it sends")
    void aSenderWithoutTimeDoesNotWait() throws Exception {
        for (Duration none : NONE) {
            assertThat(left().send(Message.of(1, 2), none)).isTrue();
            assertReceives(right(), Message.of(1, 2));
        }
        int sent = fill();
        for (Duration none : NONE) {
            assertThat(Caller.platform(() -> left().send(filling(sent), none)).result())
                    .isFalse();
        }
        assertReceivesFilling(sent);
        assertWorks();
    }

    @Test
    @DisplayName("Channel.trySend: \"if there is room for its beginning now. Neither waits nor [...]\"")
    void whoTriesToSendDoesNotWait() throws Exception {
        int sent = fill();
        assertThat(Caller.platform(() -> left().trySend(filling(sent))).result())
                .isFalse();
        assertReceivesFilling(sent);
        assertWorks();
    }

    @Test
    @DisplayName("Channel: \"many senders\": who tries does not wait for one that waits for room")
    void whoTriesToSendDoesNotWaitForASenderThatDoes() throws Exception {
        int sent = fill();
        Caller<Boolean> sender = sending(left(), List.of(filling(sent))).inside(left());
        Message other = filling(sent + 1);
        assertThat(Caller.platform(() -> left().trySend(other)).result()).isFalse();
        assertThat(Caller.platform(() -> left().send(other, SHORT)).result()).isFalse();
        assertReceivesFilling(sent + 1);
        assertThat(sender.result()).isTrue();
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
    }

    // ------------------------------------------------------------------ half out

    @Test
    @DisplayName("Channel.send(timed): \"If the time is up when the first byte is already out, the message is sent all "
            + "the same\"")
    void aMessageThatIsHalfOutWhenTheTimeIsUpFollowsWhole() throws Exception {
        byte[] payload = bytes(longest());
        assertThat(left().send(Message.of(1, longest(), payload), SHORT)).isTrue();
        Arrays.fill(payload, (byte) 0);
        assertReceives(right(), wide());
        assertWorks();
    }

    @Test
    @DisplayName(
            "Channel.trySend: \"if there is room for its beginning\"; the rest follows, and the payload may be reused")
    void aTriedMessageThatIsHalfOutFollowsWhole() throws Exception {
        byte[] payload = bytes(longest());
        assertThat(left().trySend(Message.of(1, longest(), payload))).isTrue();
        Arrays.fill(payload, (byte) 0);
        assertReceives(right(), wide());
        assertWorks();
    }

    @Test
    @DisplayName(
            "Channel.send: the message goes out \"ahead of everything sent later\", also if it is half out by then")
    void whatIsSentAfterAMessageThatIsHalfOutFollowsIt() throws Exception {
        assertThat(left().trySend(wide())).isTrue();
        Caller<Boolean> next = sending(left(), List.of(ofLength(3), wide()));
        assertReceives(right(), wide(), ofLength(3), wide());
        assertThat(next.result()).isTrue();
    }
}
