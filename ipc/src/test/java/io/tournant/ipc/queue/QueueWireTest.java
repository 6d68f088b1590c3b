package io.tournant.ipc.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One side of a wire against a peer in the test's hands. */
class QueueWireTest {

    private static final int MESSAGES = 4;
    private static final int LENGTH = 64;
    private static final Deadline SOON = Deadline.after(Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    private QueueHands hands;
    private QueueWire wire;

    @BeforeAll
    static void needsQueues() {
        Pairs.assumeAvailable(Transport.messageQueue());
    }

    @BeforeEach
    void open() throws Exception {
        hands = QueueHands.open(directory, MESSAGES, LENGTH);
        wire = hands.wire();
    }

    @AfterEach
    void close() throws Exception {
        hands.close();
    }

    @Test
    void whatIsGatheredArrivesInOrderAndInWholeMessages() throws Exception {
        ByteBuffer first = bytes(0, 10);
        ByteBuffer second = bytes(10, 100).position(0);
        ByteBuffer third = bytes(110, 20);
        assertThat(wire.write(new ByteBuffer[] {first, second, third})).isEqualTo(130);
        ByteBuffer all = ByteBuffer.allocate(200);
        for (int expected : new int[] {64, 64, 2, 0}) {
            assertThat(hands.in().receive(all)).isEqualTo(expected);
        }
        assertThat(all.flip()).isEqualTo(bytes(0, 130));
    }

    @Test
    void aFullQueueTakesNothingAndGoesOnWhereItStopped() throws Exception {
        ByteBuffer source = bytes(0, 100);
        ByteBuffer more = bytes(100, 3 * LENGTH);
        assertThat(wire.write(new ByteBuffer[] {source, more})).isEqualTo(MESSAGES * LENGTH);
        assertThat(wire.write(new ByteBuffer[] {source, more})).isZero();
        assertThat(more.position()).isEqualTo(MESSAGES * LENGTH - 100);
        ByteBuffer all = ByteBuffer.allocate(1000);
        hands.in().receive(all);
        wire.awaitWritable(SOON);
        assertThat(wire.write(more)).isEqualTo(100 + 3 * LENGTH - MESSAGES * LENGTH);
        for (int i = 0; i < MESSAGES; i++) {
            hands.in().receive(all);
        }
        assertThat(all.flip()).isEqualTo(bytes(0, 100 + 3 * LENGTH));
    }

    @Test
    void aMessageIsReadInPortionsOfAnySize() throws Exception {
        hands.out().send(new ByteBuffer[] {bytes(0, 60)}, 0, 1);
        hands.out().send(new ByteBuffer[] {bytes(60, 5)}, 0, 1);
        ByteBuffer all = ByteBuffer.allocate(65);
        while (all.hasRemaining()) {
            all.limit(Math.min(all.position() + 7, 65));
            assertThat(wire.read(all)).isPositive();
            all.limit(65);
        }
        assertThat(all.flip()).isEqualTo(bytes(0, 65));
        assertThat(wire.read(ByteBuffer.allocate(1))).isZero();
    }

    @Test
    void anEmptyMessageIsNoPieceOfAStream() throws Exception {
        hands.sendBack(0);
        assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(1)))
                .isInstanceOf(ChannelException.Corrupt.class)
                .hasMessageContaining("length=0, priority=0");
    }

    @Test
    void aMessageOfAnotherPriorityIsNoPieceOfAStream() throws Exception {
        hands.sendBack(3, 1);
        assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(10)))
                .isInstanceOf(ChannelException.Corrupt.class)
                .hasMessageContaining("length=3, priority=1");
    }

    @Test
    void whatAPeerSentBeforeItLeftIsReadAndThenTheEnd() throws Exception {
        hands.sendBack(3);
        hands.peer().close();
        assertThat(wire.read(ByteBuffer.allocate(2))).isEqualTo(2);
        assertThat(wire.read(ByteBuffer.allocate(2))).isEqualTo(1);
        await().until(() -> wire.read(ByteBuffer.allocate(1)) == -1);
        wire.awaitReadable(SOON);
        assertThat(wire.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void whoWaitsIsWokenByAMessageAndByRoom() throws Exception {
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("poll");
        hands.sendBack(1);
        reader.result();
        fill();
        Waiter<Boolean> writer = Waiter.run(() -> wire.awaitWritable(SOON)).inside("poll");
        hands.in().receive(ByteBuffer.allocate(LENGTH));
        writer.result();
        assertThat(wire.write(bytes(0, 1))).isEqualTo(1);
    }

    @Test
    void theEndOfTheSocketEndsBothWaits() throws Exception {
        fill();
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("poll");
        Waiter<Boolean> writer = Waiter.run(() -> wire.awaitWritable(SOON)).inside("poll");
        hands.peer().close();
        reader.result();
        writer.result();
        assertThat(wire.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThatThrownBy(() -> wire.write(bytes(0, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Nobody receives");
    }

    @Test
    void whoSaysSomethingOnTheSocketIsAsGoodAsGone() throws Exception {
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("poll");
        hands.peer().write(ByteBuffer.allocate(1));
        reader.result();
        assertThat(wire.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aWriterIsWokenOnceThoughNobodyMakesRoom() throws Exception {
        fill();
        wire.wakeWriter();
        wire.awaitWritable(SOON);
        Waiter<Boolean> writer = Waiter.run(() -> wire.awaitWritable(SOON)).inside("poll");
        assertThat(writer.isDone()).as("the first signal is used up").isFalse();
        wire.wakeWriter();
        writer.result();
    }

    @Test
    void afterTheOutputIsClosedNothingIsWrittenAndReadingGoesOn() throws Exception {
        wire.closeOutput();
        assertThatThrownBy(() -> wire.write(bytes(0, 1))).isInstanceOf(ClosedChannelException.class);
        assertThat(hands.peer().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        hands.sendBack(5);
        assertThat(wire.read(ByteBuffer.allocate(10))).isEqualTo(5);
        assertThat(wire.isOpen()).isTrue();
    }

    @Test
    void whoWaitsFindsTheWireClosedAndItsDescriptorsAreGoneWhenHeHasLeft() throws Exception {
        fill();
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("poll");
        Waiter<Boolean> writer = Waiter.run(() -> wire.awaitWritable(SOON)).inside("poll");
        wire.close();
        wire.close();
        assertThatThrownBy(reader::result).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(writer::result).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        wire.wakeWriter();
    }

    @Test
    void theWatchIsThereAsLongAsThereIsSomebodyToWatch() {
        await().until(() -> QueueHands.threads("tournant-ipc-queue-watch") == 1); // that of the last test may be ending
        wire.close();
        await().until(() -> QueueHands.threads("tournant-ipc-queue-watch") == 0);
    }

    private void fill() throws IOException {
        wire.write(bytes(0, MESSAGES * LENGTH));
    }

    private static ByteBuffer bytes(int first, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            bytes.put((byte) (first + i));
        }
        return bytes.flip();
    }
}
