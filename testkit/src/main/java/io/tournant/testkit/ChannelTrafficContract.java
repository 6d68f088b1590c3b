package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a {@link Channel} promises where many threads meet, or where there is more to send than is received. */
public abstract class ChannelTrafficContract extends ChannelMessageContract {

    private static final int SENDERS = 4;
    private static final int COUNT = 100;

    /** For subclasses. */
    protected ChannelTrafficContract() {}

    // ------------------------------------------------------------------ many threads

    @Test
    @DisplayName("Channel: \"Any number of threads may send; each message goes out as one unit\"")
    void theMessagesOfManySendersArriveWholeAndOnce() throws Exception {
        List<Caller<Boolean>> senders = startSenders();
        Set<Message> arrived = new HashSet<>();
        for (int i = 0; i < SENDERS * COUNT; i++) {
            arrived.add(nextMessage(right()));
        }
        assertAllGetThrough(senders);
        Set<Message> sent = new HashSet<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            for (int i = 0; i < COUNT; i++) {
                sent.add(numbered(sender, i));
            }
        }
        assertThat(arrived).isEqualTo(sent);
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
    }

    @Test
    @DisplayName("Channel: messages arrive \"in order\": those of one sender, however many others send")
    void theMessagesOfEachSenderStayInOrder() throws Exception {
        List<Caller<Boolean>> senders = startSenders();
        int[] next = new int[SENDERS];
        for (int i = 0; i < SENDERS * COUNT; i++) {
            Message received = nextMessage(right());
            assertThat(received.correlationId()).isEqualTo(next[received.kind()]++);
        }
        assertAllGetThrough(senders);
    }

    private List<Caller<Boolean>> startSenders() {
        List<Caller<Boolean>> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int kind = sender;
            Thread.Builder thread = sender % 2 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
            senders.add(Caller.start(thread, () -> {
                for (int i = 0; i < COUNT; i++) {
                    left().send(numbered(kind, i));
                }
                return true;
            }));
        }
        return senders;
    }

    private Message numbered(int sender, int number) {
        return Message.of(sender, number, bytes(number * 37 % longest()));
    }

    @Test
    @DisplayName("Channel: \"threads that receive concurrently take turns\", and each message is received once")
    void receivingThreadsTakeTurns() throws Exception {
        List<Caller<Received>> receivers = List.of(
                Caller.platform(() -> right().receive()),
                Caller.platform(() -> right().receive(Poll.patience())),
                Caller.virtual(() -> right().receive()),
                Caller.virtual(() -> right().receive(Poll.patience())));
        for (int i = 0; i < receivers.size(); i++) {
            left().send(Message.of(i, i));
        }
        Set<Received> all = new HashSet<>();
        for (Caller<Received> receiver : receivers) {
            all.add(receiver.result());
        }
        assertThat(all).isEqualTo(Set.of(Message.of(0, 0), Message.of(1, 1), Message.of(2, 2), Message.of(3, 3)));
    }

    // ------------------------------------------------------------------ both directions

    @Test
    @DisplayName("Channel: two sides that both receive \"never block each other, however much they send\"")
    void bothSidesMaySendMoreThanTheBuffersHoldAtTheSameTime() throws Exception {
        List<Message> messages = List.of(wide(), ofLength(1), wide(), ofLength(longest() - 1));
        assertAllGetThrough(List.of(
                sending(left(), messages),
                sending(right(), messages),
                receiving(left(), messages),
                receiving(right(), messages)));
    }

    @Test
    @DisplayName("Channel: \"Sending never waits for receiving\": a side sends while another of its threads receives")
    void aSideSendsWhileItWaitsToReceive() throws Exception {
        Caller<Received> receiver = Caller.platform(() -> left().receive()).inside(left());
        Message there = Message.of(1, 2);
        assertThat(Caller.run(() -> left().send(there)).result()).isTrue();
        assertReceives(right(), there);
        right().send(Message.of(3, 4));
        assertThat(receiver.result()).isEqualTo(Message.of(3, 4));
    }

    @Test
    @DisplayName("Channel: \"nor receiving for sending\": a side receives while another of its threads waits for room")
    void aSideReceivesWhileItWaitsToSend() throws Exception {
        int sent = fill();
        Caller<Boolean> sender = sending(left(), List.of(filling(sent))).inside(left());
        right().send(Message.of(3, 4));
        assertReceives(left(), Message.of(3, 4));
        assertReceivesFilling(sent + 1);
        assertThat(sender.result()).isTrue();
    }

    @Test
    @DisplayName("Channel: \"Sending never waits for receiving\": two full directions are emptied in any order")
    void bothDirectionsMayBeFull() throws Exception {
        int there = fill(left());
        int back = fill(right());
        assertReceivesFilling(left(), back);
        assertThat(left().trySend(filling(there))).as("the other direction").isFalse();
        assertReceivesFilling(right(), there);
        assertWorks();
    }

    // ------------------------------------------------------------------ back-pressure

    @Test
    @DisplayName("DESIGN 6: \"Never dropped, never unbounded\": a side that does not receive holds its peer back")
    void whatNobodyReceivesIsBounded() throws Exception {
        int sent = fill();
        assertThat(sent).isPositive();
        assertThat(left().trySend(filling(sent))).isFalse();
        assertThat(left().isOpen()).isTrue();
    }

    @Test
    @DisplayName("DESIGN 6: \"Never dropped, never unbounded\": that holds for the longest messages, too")
    void longMessagesThatNobodyReceivesAreBounded() throws Exception {
        int sent = 0;
        while (left().trySend(wide())) {
            sent++;
            assertThat(sent).as("messages longer than the buffers").isLessThan(16);
        }
        assertThat(sent).isPositive();
        for (int i = 0; i < sent; i++) {
            assertReceives(right(), wide());
        }
    }

    @Test
    @DisplayName(
            "Channel: messages are \"never dropped\": every one arrives once, in order, though there is never room")
    void nothingIsLostWhereTheReceiverIsSlow() throws Exception {
        int sent = fill();
        int more = sent + 50;
        Caller<Boolean> sender = Caller.run(() -> {
            for (int i = sent; i < more; i++) {
                left().send(filling(i));
            }
        });
        assertReceivesFilling(more);
        assertThat(sender.result()).isTrue();
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
    }

    @Test
    @DisplayName("Channel.trySend: \"if false, nothing was\" sent; later there is room again")
    void whatFoundNoRoomMayBeTriedAgain() throws Exception {
        int sent = fill();
        assertReceivesFilling(sent);
        Message again = filling(sent);
        Poll.until("room", () -> {
            try {
                return left().trySend(again);
            } catch (ChannelException e) {
                throw new AssertionError("The channel broke", e);
            }
        });
        assertReceives(right(), again);
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
    }

    @Test
    @DisplayName("Channel.send: every one of many that wait for room gets it, and none is forgotten")
    void allWhoWaitForRoomGetIt() throws Exception {
        int sent = fill();
        List<Caller<Boolean>> senders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Message message = Message.of(2, i, bytes(i));
            Thread.Builder kind = i % 2 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
            senders.add(Caller.start(kind, () -> left().send(message, HUGE)));
        }
        senders.getFirst().inside(left());
        assertReceivesFilling(sent);
        Set<Message> arrived = new HashSet<>();
        for (int i = 0; i < senders.size(); i++) {
            arrived.add(nextMessage(right()));
        }
        assertAllGetThrough(senders);
        assertThat(arrived).hasSize(senders.size()).allMatch(message -> message.kind() == 2);
    }
}
