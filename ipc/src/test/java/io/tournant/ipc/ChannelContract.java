package io.tournant.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every channel promises, whatever carries it. */
public abstract class ChannelContract {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private Channel left;
    private Channel right;

    /** Opens a pair whose buffers hold a bounded number of bytes, less than {@link #longest()}. */
    protected abstract ChannelPair open() throws Exception;

    /** The maximum length of a message in the pair. */
    protected abstract int longest();

    /** The name of the method in which a sender waits for room. */
    protected String sending() {
        return "awaitWritable";
    }

    /** The name of the method in which a receiver waits. */
    protected String receiving() {
        return "awaitReadable";
    }

    @BeforeEach
    void openPair() throws Exception {
        ChannelPair pair = open();
        left = pair.left();
        right = pair.right();
    }

    @AfterEach
    void closePair() {
        left.close();
        right.close();
    }

    // Messages

    @Test
    void aMessageArrivesWithItsKindItsCorrelationIdAndItsPayload() throws Exception {
        left.send(Message.of(200, Long.MIN_VALUE, bytes(100)));
        Message received = message(right.receive());
        assertThat(received.kind()).isEqualTo(200);
        assertThat(received.correlationId()).isEqualTo(Long.MIN_VALUE);
        assertThat(received.toBytes()).isEqualTo(bytes(100));
    }

    @Test
    void aMessageWithoutPayloadArrives() throws Exception {
        left.send(Message.of(0, 0));
        assertThat(right.receive()).isEqualTo(Message.of(0, 0));
    }

    @Test
    void messagesArriveInOrderInBothDirections() throws Exception {
        for (int i = 0; i < 10; i++) {
            left.send(Message.of(i, i, bytes(i)));
            right.send(Message.of(i, -i, bytes(i)));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(right.receive()).isEqualTo(Message.of(i, i, bytes(i)));
            assertThat(left.receive()).isEqualTo(Message.of(i, -i, bytes(i)));
        }
    }

    @Test
    void messagesOfAnyLengthArriveWhole() throws Exception {
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, 23, 24, 25));
        for (int length = 1000; length < longest(); length *= 4) {
            lengths.addAll(List.of(length - 1, length, length + 1));
        }
        lengths.addAll(List.of(longest() - 1, longest()));
        Waiter<Boolean> sender = sendAll(left, lengths);
        for (int length : lengths) {
            assertThat(right.receive()).isEqualTo(Message.of(1, length, bytes(length)));
        }
        sender.result();
    }

    @Test
    void payloadsMayLieAnywhereInMemory() throws Exception {
        byte[] bytes = bytes(longest());
        ByteBuffer direct = ByteBuffer.allocateDirect(longest()).put(bytes).flip();
        ByteBuffer part = ByteBuffer.allocate(longest() + 10)
                .position(5)
                .put(bytes)
                .flip()
                .position(5);
        for (ByteBuffer payload : List.of(direct, part, ByteBuffer.wrap(bytes).asReadOnlyBuffer())) {
            int position = payload.position();
            Waiter<Boolean> sender = Waiter.run(() -> left.send(new Message(1, 2, payload)));
            assertThat(right.receive()).isEqualTo(Message.of(1, 2, bytes));
            sender.result();
            assertThat(payload.position()).as("untouched").isEqualTo(position);
        }
    }

    @Test
    void aMessageLongerThanTheMaximumIsRefusedAndTheChannelLives() throws Exception {
        Message tooLong = Message.of(1, 2, new byte[longest() + 1]);
        List<Waiter.Body> attempts =
                List.of(() -> left.send(tooLong), () -> left.send(tooLong, LONG), () -> left.trySend(tooLong));
        for (Waiter.Body attempt : attempts) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(ChannelException.TooLarge.class)
                    .hasMessageContaining("length=" + (longest() + 1))
                    .hasMessageContaining("maxMessageLength=" + longest());
        }
        left.send(Message.of(3, 4));
        assertThat(right.receive()).isEqualTo(Message.of(3, 4));
        assertThat(left.isOpen()).isTrue();
    }

    @Test
    void bothSidesKnowTheMaximum() {
        assertThat(left.maxMessageLength()).isEqualTo(longest());
        assertThat(right.maxMessageLength()).isEqualTo(longest());
    }

    @Test
    void manySendersNeverMixTheirMessages() throws Exception {
        int senders = 4;
        int count = 100;
        List<Waiter<Boolean>> threads = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int kind = sender;
            threads.add(Waiter.run(() -> {
                for (int i = 0; i < count; i++) {
                    left.send(Message.of(kind, i, bytes(i * 37 % longest())));
                }
            }));
        }
        Map<Integer, Long> next = new HashMap<>();
        for (int i = 0; i < senders * count; i++) {
            Message received = message(right.receive());
            assertThat(received.correlationId()).isEqualTo(next.getOrDefault(received.kind(), 0L));
            assertThat(received.toBytes()).isEqualTo(bytes((int) received.correlationId() * 37 % longest()));
            next.put(received.kind(), received.correlationId() + 1);
        }
        for (Waiter<Boolean> thread : threads) {
            thread.result();
        }
    }

    @Test
    void bothSidesMaySendMoreThanTheBuffersHoldAtTheSameTime() throws Exception {
        List<Integer> lengths = List.of(longest(), longest(), longest());
        List<Waiter<?>> threads = List.of(
                sendAll(left, lengths),
                sendAll(right, lengths),
                receiveAll(left, lengths.size()),
                receiveAll(right, lengths.size()));
        for (Waiter<?> thread : threads) {
            thread.result();
        }
    }

    @Test
    void receivingThreadsTakeTurns() throws Exception {
        List<Waiter<Received>> receivers = List.of(
                Waiter.start(() -> right.receive()),
                Waiter.start(() -> right.receive(LONG)),
                Waiter.startVirtual(() -> right.receive()));
        for (int i = 0; i < receivers.size(); i++) {
            left.send(Message.of(i, i));
        }
        List<Received> all = new ArrayList<>();
        for (Waiter<Received> receiver : receivers) {
            all.add(receiver.result());
        }
        assertThat(all).containsExactlyInAnyOrder(Message.of(0, 0), Message.of(1, 1), Message.of(2, 2));
    }

    // Waiting

    @Test
    void aReceiverWaitsForAMessage() throws Exception {
        Waiter<Received> receiver = Waiter.start(right::receive).inside(receiving());
        left.send(Message.of(1, 2));
        assertThat(receiver.result()).isEqualTo(Message.of(1, 2));
    }

    @Test
    void aReceiverGivesUpWhenItsTimeIsUp() throws Exception {
        assertThat(right.receive(SHORT)).isEqualTo(Received.Absent.NOTHING_YET);
        assertThat(right.receive(Duration.ZERO)).isEqualTo(Received.Absent.NOTHING_YET);
        assertThat(right.receive(Duration.ofSeconds(-1))).isEqualTo(Received.Absent.NOTHING_YET);
        assertThat(right.tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        left.send(Message.of(1, 2));
        assertThat(right.receive(LONG)).isEqualTo(Message.of(1, 2));
    }

    @Test
    void aTurnToReceiveIsNotWaitedForLongerThanAsked() throws Exception {
        Waiter<Received> receiver = Waiter.start(right::receive).inside(receiving());
        assertThat(right.tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        assertThat(right.receive(SHORT)).isEqualTo(Received.Absent.NOTHING_YET);
        left.send(Message.of(1, 2));
        assertThat(receiver.result()).isEqualTo(Message.of(1, 2));
    }

    @Test
    void sendersGiveUpWhenThePeerDoesNotReceiveAndNothingIsTorn() throws Exception {
        int sent = fill();
        assertThat(left.send(Message.of(1, sent), SHORT)).isFalse();
        assertThat(left.send(Message.of(1, sent), Duration.ZERO)).isFalse();
        assertThat(left.trySend(Message.of(1, sent))).isFalse();
        assertThat(left.isOpen()).isTrue();
        assertReceivesFilling(sent);
        assertThat(right.tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        left.send(Message.of(3, 4));
        assertThat(right.receive()).isEqualTo(Message.of(3, 4));
    }

    @Test
    void aSenderWaitsForRoom() throws Exception {
        int sent = fill();
        Waiter<Boolean> sender = Waiter.start(() -> left.send(Message.of(3, 4), LONG));
        assertReceivesFilling(sent);
        assertThat(right.receive()).isEqualTo(Message.of(3, 4));
        assertThat(sender.result()).isTrue();
    }

    @Test
    void aMessageThatIsHalfOutWhenTheTimeIsUpFollowsWhole() throws Exception {
        byte[] payload = bytes(longest());
        assertThat(left.send(Message.of(1, 1, payload), SHORT)).isTrue();
        Arrays.fill(payload, (byte) 0);
        assertThat(left.trySend(Message.of(2, 2))).as("while it is half out").isFalse();
        Waiter<Boolean> next = Waiter.run(() -> left.send(Message.of(3, 3)));
        assertThat(right.receive()).isEqualTo(Message.of(1, 1, bytes(longest())));
        assertThat(right.receive()).isEqualTo(Message.of(3, 3));
        next.result();
    }

    @Test
    void aTriedMessageThatIsHalfOutFollowsWhole() throws Exception {
        byte[] payload = bytes(longest());
        assertThat(left.trySend(Message.of(1, 1, payload))).isTrue();
        Arrays.fill(payload, (byte) 0);
        assertThat(right.receive()).isEqualTo(Message.of(1, 1, bytes(longest())));
    }

    // Interruption

    @Test
    void whoTriesDoesNotNoticeAnInterrupt() throws Exception {
        Waiter<Boolean> sender = Waiter.start(() -> left.send(Message.of(1, 1, bytes(longest())), LONG))
                .inside(sending());
        Thread.currentThread().interrupt();
        boolean sent = left.trySend(Message.of(2, 2));
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertThat(sent).as("another message is half out").isFalse();
        assertThat(right.receive()).isEqualTo(Message.of(1, 1, bytes(longest())));
        assertThat(sender.result()).isTrue();
    }

    @Test
    void anInterruptEndsOnlyTheWaitOfAReceiver() throws Exception {
        for (Duration timeout : List.of(LONG, Duration.ofDays(1000))) {
            Waiter<Received> receiver =
                    Waiter.start(() -> right.receive(timeout)).inside(receiving());
            receiver.thread().interrupt();
            assertThatThrownBy(receiver::result).isInstanceOf(InterruptedException.class);
        }
        Waiter<Received> virtual = Waiter.startVirtual(right::receive).inside(receiving());
        virtual.thread().interrupt();
        assertThatThrownBy(virtual::result).isInstanceOf(InterruptedException.class);
        left.send(Message.of(1, 2));
        assertThat(right.receive()).isEqualTo(Message.of(1, 2));
        right.send(Message.of(3, 4));
        assertThat(left.receive()).isEqualTo(Message.of(3, 4));
    }

    @Test
    void anInterruptEndsOnlyTheWaitOfASenderWhoseMessageIsNotOut() throws Exception {
        int sent = fill();
        Message unsent = Message.of(9, 9);
        Waiter<Boolean> first = Waiter.run(() -> left.send(unsent));
        Waiter<Boolean> second = Waiter.start(() -> left.send(unsent, LONG));
        for (Waiter<?> sender : List.of(first, second)) {
            sender.thread().interrupt();
            assertThatThrownBy(sender::result).isInstanceOf(InterruptedException.class);
        }
        assertReceivesFilling(sent);
        left.send(Message.of(3, 4));
        assertThat(right.receive()).isEqualTo(Message.of(3, 4));
    }

    @Test
    void anInterruptedSenderWhoseMessageIsHalfOutHasSentIt() throws Exception {
        byte[] payload = bytes(longest());
        Waiter<Boolean> sender = Waiter.start(() -> {
                    left.send(Message.of(1, 1, payload));
                    return Thread.interrupted();
                })
                .inside(sending());
        sender.thread().interrupt();
        assertThat(sender.result()).as("the interrupt is remembered").isTrue();
        Arrays.fill(payload, (byte) 0);
        Waiter<Boolean> next = sendAll(left, List.of(longest()));
        assertThat(right.receive()).isEqualTo(Message.of(1, 1, bytes(longest())));
        assertThat(right.receive()).isEqualTo(Message.of(1, longest(), bytes(longest())));
        next.result();
    }

    @Test
    void anInterruptOnEntryIsNoticedWhereWaitingIsPossible() throws Exception {
        right.send(Message.of(1, 2));
        List<Waiter.Body> calls = List.of(
                left::receive,
                () -> left.receive(LONG),
                () -> left.send(Message.of(1, 2), LONG),
                () -> left.send(Message.of(1, 2)),
                () -> left.closeOutput());
        for (Waiter.Body call : calls) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(call::run).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
        Thread.currentThread().interrupt();
        assertThat(left.tryReceive()).isEqualTo(Message.of(1, 2));
        assertThat(left.trySend(Message.of(3, 4))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(right.receive()).isEqualTo(Message.of(3, 4));
    }

    // Ends

    @Test
    void thePeerReceivesWhatWasSentAndThenTheEnd() throws Exception {
        left.send(Message.of(1, 2));
        left.closeOutput();
        assertThat(right.receive()).isEqualTo(Message.of(1, 2));
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(right.receive(LONG)).isEqualTo(Received.Absent.END);
        assertThat(right.tryReceive()).isEqualTo(Received.Absent.END);
        right.send(Message.of(3, 4));
        assertThat(left.receive()).as("the other direction").isEqualTo(Message.of(3, 4));
        assertThat(left.isOpen()).isTrue();
        assertThat(right.isOpen()).isTrue();
    }

    @Test
    void nothingCanBeSentAfterTheEnd() throws Exception {
        left.closeOutput();
        left.closeOutput();
        assertThatThrownBy(() -> left.send(Message.of(1, 2)))
                .isInstanceOf(ChannelException.Closed.class)
                .hasMessageContaining("closeOutput()");
        assertThatThrownBy(() -> left.trySend(Message.of(1, 2))).isInstanceOf(ChannelException.Closed.class);
        assertThat(left.isOpen()).isTrue();
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(right.isOpen()).as("there was one end only").isTrue();
    }

    @Test
    void thePeerReceivesWhatWasSentBeforeAClose() throws Exception {
        left.send(Message.of(1, 2));
        left.close();
        assertThat(right.receive()).isEqualTo(Message.of(1, 2));
        assertThat(right.isOpen()).as("not drained").isTrue();
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(right.closeReason()).contains(new CloseReason.PeerClosed());
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(left.closeReason()).contains(new CloseReason.Local());
        assertClosed(new CloseReason.PeerClosed(), () -> right.trySend(Message.of(1, 2)));
    }

    @Test
    void aCloseAfterTheEndIsFoundByWhoReceivesOrSends() throws Exception {
        left.closeOutput();
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(right.isOpen()).isTrue();
        left.close();
        Awaitility.await().until(() -> {
            assertThat(right.receive()).isEqualTo(Received.Absent.END);
            return right.closeReason().isPresent();
        });
        assertThat(right.closeReason()).contains(new CloseReason.PeerClosed());
    }

    @Test
    void aMessageThatIsHalfOutAtACloseFollowsWhole() throws Exception {
        Waiter<Boolean> sender = sendAll(left, List.of(longest())).inside(sending());
        left.close();
        sender.result();
        assertThat(right.receive()).isEqualTo(Message.of(1, longest(), bytes(longest())));
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(right.closeReason()).contains(new CloseReason.PeerClosed());
    }

    @Test
    void aCloseWakesReceivers() throws Exception {
        List<Waiter<Received>> receivers = List.of(
                Waiter.start(right::receive).inside(receiving()),
                Waiter.start(() -> right.receive(LONG)),
                Waiter.startVirtual(right::receive));
        right.close();
        for (Waiter<Received> receiver : receivers) {
            assertClosed(new CloseReason.Local(), receiver::result);
        }
    }

    @Test
    void aCloseWakesSenders() throws Exception {
        fill();
        List<Waiter<Boolean>> senders = List.of(
                Waiter.start(() -> left.send(Message.of(1, 2), LONG)),
                Waiter.start(() -> left.send(Message.of(1, 2), Duration.ofDays(1000))),
                Waiter.startVirtual(() -> left.send(Message.of(1, 2), LONG)));
        left.close();
        for (Waiter<Boolean> sender : senders) {
            assertClosed(new CloseReason.Local(), sender::result);
        }
    }

    @Test
    void aCloseOfThePeerWakesReceiversAndSenders() throws Exception {
        fill();
        Waiter<Boolean> sender = Waiter.start(() -> left.send(Message.of(1, 2), LONG));
        Waiter<Received> receiver = Waiter.start(left::receive).inside(receiving());
        right.close();
        assertThat(receiver.result()).isEqualTo(Received.Absent.END);
        assertThatThrownBy(sender::result).isInstanceOf(ChannelException.Closed.class);
        assertThat(left.closeReason()).contains(new CloseReason.PeerClosed());
    }

    @Test
    void nothingWorksAfterACloseAndEverythingSaysSo() {
        left.close();
        CloseReason local = new CloseReason.Local();
        assertThat(left.isOpen()).isFalse();
        assertThat(left.closeReason()).contains(local);
        assertClosed(local, () -> left.trySend(Message.of(1, 2)));
        assertClosed(local, () -> left.send(Message.of(1, 2), LONG));
        assertClosed(local, left::receive);
        assertClosed(local, () -> left.receive(LONG));
        assertClosed(local, left::tryReceive);
        assertClosed(local, () -> left.closeOutput());
    }

    @Test
    void aChannelMayBeClosedAgainAndByManyThreads() throws Exception {
        List<CloseReason> reasons = Collections.synchronizedList(new ArrayList<>());
        left.onClose(reasons::add);
        List<Waiter<Boolean>> closers = new ArrayList<>();
        var start = new CountDownLatch(1);
        for (int i = 0; i < 8; i++) {
            Channel closed = i % 2 == 0 ? left : right;
            closers.add(Waiter.run(() -> {
                start.await();
                closed.close();
            }));
        }
        start.countDown();
        for (Waiter<Boolean> closer : closers) {
            closer.result();
        }
        left.close();
        assertThat(reasons).containsExactly(new CloseReason.Local());
    }

    @Test
    void callbacksAreToldTheReasonWheneverTheyCome() throws Exception {
        List<CloseReason> reasons = new ArrayList<>();
        right.onClose(reasons::add);
        right.onClose(reason -> {
            throw new IllegalStateException("a callback of a test that fails on purpose");
        });
        right.onClose(reasons::add);
        left.close();
        assertThat(reasons).isEmpty();
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        right.onClose(reasons::add);
        var expected = new CloseReason.PeerClosed();
        assertThat(reasons).containsExactly(expected, expected, expected);
    }

    @Test
    void callbacksMayUseTheChannel() throws Exception {
        List<Object> found = new ArrayList<>();
        right.onClose(reason -> {
            right.close();
            found.add(catchThrowableOfType(ChannelException.class, () -> right.trySend(Message.of(1, 2))));
            found.add(right.closeReason());
        });
        left.close();
        assertThat(right.receive()).isEqualTo(Received.Absent.END);
        assertThat(found).hasSize(2).doesNotContainNull();
    }

    // Virtual threads

    @Test
    void blockedVirtualThreadsLeaveTheirCarriers() throws Exception {
        List<ChannelPair> pairs = new ArrayList<>();
        List<Waiter<Received>> receivers = new ArrayList<>();
        int blocked = 4 * Runtime.getRuntime().availableProcessors();
        try {
            for (int i = 0; i < blocked; i++) {
                ChannelPair pair = open();
                pairs.add(pair);
                receivers.add(Waiter.startVirtual(() -> pair.right().receive()).inside(receiving()));
            }
            var ran = new CountDownLatch(1);
            Thread.startVirtualThread(ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            for (ChannelPair pair : pairs) {
                pair.left().send(Message.of(1, 2));
            }
            for (Waiter<Received> receiver : receivers) {
                assertThat(receiver.result()).isEqualTo(Message.of(1, 2));
            }
        } finally {
            pairs.forEach(ChannelPair::close);
        }
    }

    /** Sends from the left until there is no room, and returns how many messages. */
    private int fill() throws ChannelException {
        int sent = 0;
        while (left.trySend(Message.of(1, sent, bytes(Math.min(longest(), 1000))))) {
            sent++;
        }
        return sent;
    }

    private void assertReceivesFilling(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertThat(right.receive(LONG)).isEqualTo(Message.of(1, i, bytes(Math.min(longest(), 1000))));
        }
    }

    private static void assertClosed(CloseReason reason, Waiter.Body call) {
        ChannelException.Closed e = catchThrowableOfType(ChannelException.Closed.class, call::run);
        assertThat(e).isNotNull();
        assertThat(e.reason()).contains(reason);
    }

    private static Waiter<Boolean> sendAll(Channel channel, List<Integer> lengths) {
        return Waiter.run(() -> {
            for (int length : lengths) {
                channel.send(Message.of(1, length, bytes(length)));
            }
        });
    }

    private static Waiter<Boolean> receiveAll(Channel channel, int count) {
        return Waiter.run(() -> {
            for (int i = 0; i < count; i++) {
                message(channel.receive());
            }
        });
    }

    private static Message message(Received received) {
        assertThat(received).isInstanceOf(Message.class);
        return (Message) received;
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
