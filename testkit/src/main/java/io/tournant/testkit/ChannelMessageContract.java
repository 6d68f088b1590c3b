package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a {@link io.tournant.ipc.Channel} promises of a message: it arrives as it was sent, or is refused. */
public abstract class ChannelMessageContract extends ChannelFixture {

    /** For subclasses. */
    protected ChannelMessageContract() {}

    // ------------------------------------------------------------------ what a message consists of

    @Test
    @DisplayName("Message: \"a payload of bytes, with a kind and a correlation id\": all three arrive")
    void aMessageArrivesWithItsKindItsCorrelationIdAndItsPayload() throws Exception {
        left().send(Message.of(200, 1234567890123L, bytes(100)));
        Message received = nextMessage(right());
        assertThat(received.kind()).isEqualTo(200);
        assertThat(received.correlationId()).isEqualTo(1234567890123L);
        assertThat(received.toBytes()).isEqualTo(bytes(100));
    }

    @Test
    @DisplayName("Message.of: \"a message without payload\" arrives as one")
    void aMessageWithoutPayloadArrives() throws Exception {
        left().send(Message.of(0, 0));
        assertReceives(right(), Message.of(0, 0));
    }

    @Test
    @DisplayName("Message.kind: \"what the message is, 0 to 255\"")
    void everyKindArrives() throws Exception {
        List<Message> messages = IntStream.rangeClosed(0, Message.MAX_KIND)
                .mapToObj(kind -> Message.of(kind, kind))
                .toList();
        Caller<Boolean> sender = sending(left(), messages);
        assertReceives(right(), messages.toArray(Message[]::new));
        assertThat(sender.result()).isTrue();
    }

    @Test
    @DisplayName("Message.correlationId: every number of 64 bits, signs and extremes included")
    void everyCorrelationIdArrives() throws Exception {
        for (long id : new long[] {Long.MIN_VALUE, -1, 0, 1, 1L << 31, 1L << 32, 0x0102030405060708L, Long.MAX_VALUE}) {
            left().send(Message.of(1, id));
            assertReceives(right(), Message.of(1, id));
        }
    }

    // ------------------------------------------------------------------ length

    @Test
    @DisplayName("Channel: messages arrive \"whole\", whatever their length")
    void messagesOfAnyLengthArriveWhole() throws Exception {
        List<Message> messages = new ArrayList<>();
        for (int length = 1; length < longest(); length *= 4) {
            messages.addAll(List.of(ofLength(length - 1), ofLength(length), ofLength(length + 1)));
        }
        Caller<Boolean> sender = sending(left(), messages);
        assertReceives(right(), messages.toArray(Message[]::new));
        assertThat(sender.result()).isTrue();
    }

    @Test
    @DisplayName("Channel.maxMessageLength: \"the longest payload that both sides agreed to accept\", the same on both")
    void bothSidesKnowTheMaximum() {
        assertThat(left().maxMessageLength()).isEqualTo(longest());
        assertThat(right().maxMessageLength()).isEqualTo(longest());
    }

    @Test
    @DisplayName("Channel.maxMessageLength: a message of exactly that length arrives, and one that is a byte shorter")
    void aMessageOfTheGreatestLengthArrives() throws Exception {
        List<Message> messages = List.of(wide(), ofLength(longest() - 1), wide());
        Caller<Boolean> sender = sending(left(), messages);
        assertReceives(right(), messages.toArray(Message[]::new));
        assertThat(sender.result()).isTrue();
    }

    @Test
    @DisplayName("Channel.send: \"TooLarge if the payload is longer than maxMessageLength(); nothing was sent\"; it "
            + "\"leaves the channel as it was\"")
    void aMessageAByteLongerThanTheMaximumIsRefused() throws Exception {
        Message tooLong = Message.of(1, 2, new byte[longest() + 1]);
        List<Caller.Body> attempts = List.of(
                () -> left().send(tooLong), () -> left().send(tooLong, Poll.patience()), () -> left().trySend(tooLong));
        for (Caller.Body attempt : attempts) {
            assertThatExceptionOfType(ChannelException.TooLarge.class).isThrownBy(attempt::run);
        }
        assertThatExceptionOfType(ChannelException.TooLarge.class).isThrownBy(() -> right().trySend(tooLong));
        assertWorks();
    }

    // ------------------------------------------------------------------ memory of the sender and of the receiver

    @Test
    @DisplayName("Message.payload: \"the bytes between the position and the limit of the buffer given\": off the heap")
    void aPayloadMayLieOffTheHeap() throws Exception {
        assertArrivesUntouched(
                ByteBuffer.allocateDirect(longest()).put(bytes(longest())).flip());
    }

    @Test
    @DisplayName("Message.payload: \"the bytes between the position and the limit of the buffer given\": a part of it")
    void aPayloadMayBeAPartOfABuffer() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(longest() + 10);
        assertArrivesUntouched(buffer.position(5).put(bytes(longest())).flip().position(5));
    }

    @Test
    @DisplayName("Message.payload: \"the bytes between the position and the limit of the buffer given\": read-only")
    void aPayloadMayBeReadOnly() throws Exception {
        assertArrivesUntouched(ByteBuffer.wrap(bytes(longest())).asReadOnlyBuffer());
    }

    private void assertArrivesUntouched(ByteBuffer payload) throws Exception {
        int position = payload.position();
        int limit = payload.limit();
        Message message = new Message(1, 2, payload);
        Caller<Boolean> sender = sending(left(), List.of(message));
        assertReceives(right(), Message.of(1, 2, bytes(longest())));
        assertThat(sender.result()).isTrue();
        assertThat(payload.position()).as("the position of the buffer").isEqualTo(position);
        assertThat(payload.limit()).as("the limit of the buffer").isEqualTo(limit);
        assertThat(message).as("the message that was sent").isEqualTo(Message.of(1, 2, bytes(longest())));
    }

    @Test
    @DisplayName("Channel.send: \"Once this method returns, [...] its payload may be reused\"")
    void aPayloadMayBeReusedOnceItIsSent() throws Exception {
        byte[] payload = bytes(100);
        left().send(Message.of(1, 1, payload));
        Arrays.fill(payload, (byte) 0);
        left().send(Message.of(2, 2, payload));
        assertReceives(right(), Message.of(1, 1, bytes(100)), Message.of(2, 2, new byte[100]));
    }

    @Test
    @DisplayName("Message: one that is sent twice arrives twice")
    void aMessageMayBeSentAgain() throws Exception {
        Message message = ofLength(100);
        left().send(message);
        left().send(message);
        right().send(message);
        assertReceives(right(), ofLength(100), ofLength(100));
        assertReceives(left(), ofLength(100));
    }

    @Test
    @DisplayName("Message: \"a received message is its receiver's own\"")
    void aReceivedMessageIsItsReceiversOwn() throws Exception {
        left().send(ofLength(100));
        left().send(ofLength(100));
        Message first = nextMessage(right());
        Arrays.fill(first.toBytes(), (byte) 7);
        Message second = nextMessage(right());
        assertThat(second).isEqualTo(ofLength(100));
        Arrays.fill(second.toBytes(), (byte) 8);
        left().send(ofLength(100));
        assertReceives(right(), ofLength(100));
        assertThat(first.toBytes()).containsOnly(7);
        assertThat(second.toBytes()).containsOnly(8);
    }

    // ------------------------------------------------------------------ order

    @Test
    @DisplayName("Channel: messages arrive \"in order\", in both directions")
    void messagesArriveInOrderInBothDirections() throws Exception {
        for (int i = 0; i < SHORT_MESSAGES; i++) {
            left().send(Message.of(i, i, bytes(i)));
            right().send(Message.of(i, -i, bytes(i)));
        }
        for (int i = 0; i < SHORT_MESSAGES; i++) {
            assertReceives(right(), Message.of(i, i, bytes(i)));
            assertReceives(left(), Message.of(i, -i, bytes(i)));
        }
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        assertThat(left().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
    }

    @Test
    @DisplayName("Channel.send: the message goes out \"ahead of everything sent later\", whichever thread sends it")
    void whatIsSentLaterByAnotherThreadArrivesLater() throws Exception {
        for (int i = 0; i < SHORT_MESSAGES; i++) {
            Message message = Message.of(1, i, bytes(i));
            Thread.Builder kind = i % 2 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
            assertThat(Caller.start(kind, () -> left().trySend(message)).result())
                    .isTrue();
        }
        for (int i = 0; i < SHORT_MESSAGES; i++) {
            assertReceives(right(), Message.of(1, i, bytes(i)));
        }
    }
}
