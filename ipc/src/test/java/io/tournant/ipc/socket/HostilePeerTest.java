package io.tournant.ipc.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.frame.FrameBytes;
import io.tournant.ipc.frame.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel over a real socket whose peer does what it likes (faults 38 to 40, 43 and 48). */
class HostilePeerTest {

    private static final int MAX = 1000;
    private static final Message FIRST = Message.of(1, 1, new byte[10]);
    private static final Message SECOND = Message.of(2, 2, new byte[100]);

    @Test
    void aPeerThatGoesAtAnyByteOfAFrameHasDiedAfterItsLastWholeMessage() throws Exception {
        byte[] cut = FrameBytes.of(SECOND);
        for (int offset = 0; offset < cut.length; offset++) {
            try (RawSocket pair = RawSocket.open(MAX)) {
                pair.write(FrameBytes.of(FIRST), Arrays.copyOf(cut, offset));
                pair.raw().close();
                assertThat(pair.channel().receive()).isEqualTo(FIRST);
                assertDead(pair.channel());
            }
        }
    }

    @Test
    void aPeerThatGoesAtAnyByteOfItsGoodbyeHasDied() throws Exception {
        byte[] cut = FrameBytes.of(FrameType.GOODBYE);
        for (int offset = 0; offset < cut.length; offset++) {
            try (RawSocket pair = RawSocket.open(MAX)) {
                pair.write(FrameBytes.of(FIRST), Arrays.copyOf(cut, offset));
                pair.raw().close();
                assertThat(pair.channel().receive()).isEqualTo(FIRST);
                assertDead(pair.channel());
            }
        }
    }

    @Test
    void aPeerThatGoesAfterItsEndHasEndedAndThenDied() throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            pair.write(FrameBytes.of(FIRST), FrameBytes.of(FrameType.END));
            pair.raw().close();
            assertThat(pair.channel().receive()).isEqualTo(FIRST);
            assertThat(pair.channel().receive()).isEqualTo(Received.Absent.END);
            assertThat(pair.channel().closeReason()).contains(new CloseReason.PeerDied());
            assertThat(pair.channel().receive()).isEqualTo(Received.Absent.END);
        }
    }

    @Test
    void aPeerThatGoesWithoutReadingHasDiedAfterItsLastWholeMessage() throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            pair.channel().send(FIRST);
            pair.write(FrameBytes.of(SECOND));
            pair.raw().close();
            assertThat(pair.channel().receive()).isEqualTo(SECOND);
            assertDead(pair.channel());
        }
    }

    @Test
    void framesMayComeOneByteAtATime() throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            Waiter<List<Received>> receiver = Waiter.start(() -> {
                Channel channel = pair.channel();
                return List.of(channel.receive(), channel.receive(), channel.receive());
            });
            for (byte[] frame :
                    List.of(FrameBytes.of(FIRST), FrameBytes.of(SECOND), FrameBytes.of(FrameType.GOODBYE))) {
                for (byte b : frame) {
                    pair.write(new byte[] {b});
                }
            }
            assertThat(receiver.result()).containsExactly(FIRST, SECOND, Received.Absent.END);
            assertThat(pair.channel().closeReason()).contains(new CloseReason.PeerClosed());
        }
    }

    @Test
    void randomBytesCloseTheChannelAsCorrupt() throws Exception {
        var random = new Random(3);
        for (int i = 0; i < 200; i++) {
            try (RawSocket pair = RawSocket.open(MAX)) {
                var bytes = new byte[24 + random.nextInt(100)];
                random.nextBytes(bytes);
                pair.write(FrameBytes.of(FIRST), bytes);
                assertThat(pair.channel().receive()).isEqualTo(FIRST);
                assertCorrupt(pair);
            }
        }
    }

    @Test
    void everyFlippedBitOfAHeaderClosesTheChannelAsCorrupt() throws Exception {
        for (int bit = 0; bit < 24 * 8; bit++) {
            byte[] flipped = FrameBytes.of(SECOND);
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            try (RawSocket pair = RawSocket.open(MAX)) {
                pair.write(FrameBytes.of(FIRST), flipped);
                assertThat(pair.channel().receive()).isEqualTo(FIRST);
                assertCorrupt(pair);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, MAX + 1, Integer.MAX_VALUE})
    void aLengthOutOfRangeClosesTheChannelAsCorrupt(int length) throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            pair.write(FrameBytes.claiming(length));
            assertCorrupt(pair);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESSAGE", "END"})
    void nothingButAGoodbyeMayFollowTheEnd(FrameType type) throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            pair.write(FrameBytes.of(FrameType.END), FrameBytes.of(type));
            assertThat(pair.channel().receive()).isEqualTo(Received.Absent.END);
            assertThat(pair.channel().closeReason().orElseThrow()).isInstanceOf(CloseReason.Corrupt.class);
        }
    }

    @Test
    void aPeerThatStopsWithinAFrameKeepsNobodyLongerThanAsked() throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            byte[] frame = FrameBytes.of(SECOND);
            int half = frame.length / 2;
            pair.write(Arrays.copyOf(frame, half));
            assertThat(pair.channel().receive(Duration.ofMillis(20))).isEqualTo(Received.Absent.NOTHING_YET);
            assertThat(pair.channel().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
            Waiter<Received> interrupted = Waiter.start(pair.channel()::receive).inside("awaitReadable");
            interrupted.thread().interrupt();
            assertThatThrownBy(interrupted::result).isInstanceOf(InterruptedException.class);
            pair.write(Arrays.copyOfRange(frame, half, frame.length));
            assertThat(pair.channel().receive()).isEqualTo(SECOND);
        }
    }

    @Test
    void theDeathOfThePeerWakesReceiversAndSenders() throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            Channel channel = pair.channel();
            List<CloseReason> reasons = new ArrayList<>();
            channel.onClose(reasons::add);
            fill(channel);
            Waiter<Boolean> sender = Waiter.start(() -> channel.send(SECOND, Duration.ofSeconds(30)));
            Waiter<Received> receiver = Waiter.start(channel::receive).inside("awaitReadable");
            pair.raw().close();
            assertThatThrownBy(receiver::result).isInstanceOf(ChannelException.Closed.class);
            assertThatThrownBy(sender::result).isInstanceOf(ChannelException.Closed.class);
            assertThat(reasons).containsExactly(new CloseReason.PeerDied());
        }
    }

    @Test
    void aSenderFindsThePeerGoneAndTheReceiverLearnsWhy() throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            pair.write(FrameBytes.of(FIRST), FrameBytes.of(FrameType.GOODBYE));
            pair.raw().close();
            assertSendingFails(pair.channel());
            assertThat(pair.channel().isOpen())
                    .as("the last message is still to be received")
                    .isTrue();
            assertThat(pair.channel().receive()).isEqualTo(FIRST);
            assertThat(pair.channel().receive()).isEqualTo(Received.Absent.END);
            assertThat(pair.channel().closeReason()).contains(new CloseReason.PeerClosed());
        }
    }

    @Test
    void aSenderThatFindsThePeerGoneAfterTheEndLearnsWhyByItself() throws Exception {
        try (RawSocket pair = RawSocket.open(MAX)) {
            pair.write(FrameBytes.of(FrameType.END));
            assertThat(pair.channel().receive()).isEqualTo(Received.Absent.END);
            pair.raw().close();
            ChannelException.Closed e = assertSendingFails(pair.channel());
            assertThat(e.reason()).contains(new CloseReason.PeerDied());
        }
    }

    @Test
    void aPeerThatStopsReadingIsLeftAfterAWhile() throws Exception {
        try (RawSocket pair = RawSocket.open(1 << 20)) {
            assertThat(pair.channel().trySend(Message.of(1, 1, new byte[1 << 20])))
                    .isTrue();
            pair.channel().close();
            await().atMost(Duration.ofSeconds(30)).until(() -> !isPumpAlive());
            assertThat(pair.drain()).as("a torn frame").isLessThan(1 << 20);
        }
    }

    private static boolean isPumpAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("tournant-ipc-pump"));
    }

    private static void fill(Channel channel) throws ChannelException {
        while (channel.trySend(SECOND)) {}
    }

    private static ChannelException.Closed assertSendingFails(Channel channel) {
        ChannelException.Closed e = catchThrowableOfType(ChannelException.Closed.class, () -> channel.send(SECOND));
        assertThat(e).isNotNull();
        assertThatThrownBy(() -> channel.send(SECOND)).isInstanceOf(ChannelException.Closed.class);
        return e;
    }

    private static void assertDead(Channel channel) {
        for (int i = 0; i < 2; i++) {
            ChannelException.Closed e = catchThrowableOfType(ChannelException.Closed.class, channel::receive);
            assertThat(e).isNotNull();
            assertThat(e.reason()).contains(new CloseReason.PeerDied());
        }
        assertThat(channel.closeReason()).contains(new CloseReason.PeerDied());
        assertThatThrownBy(() -> channel.trySend(FIRST)).isInstanceOf(ChannelException.Closed.class);
    }

    private static void assertCorrupt(RawSocket pair) throws IOException {
        Channel channel = pair.channel();
        assertThatThrownBy(channel::receive).isInstanceOf(ChannelException.Corrupt.class);
        assertThatThrownBy(channel::tryReceive).isInstanceOf(ChannelException.Corrupt.class);
        assertThatThrownBy(() -> channel.trySend(FIRST)).isInstanceOf(ChannelException.Corrupt.class);
        assertThat(channel.closeReason().orElseThrow()).isInstanceOf(CloseReason.Corrupt.class);
        assertThat(pair.raw().read(ByteBuffer.allocate(1))).as("hung up").isNegative();
    }
}
