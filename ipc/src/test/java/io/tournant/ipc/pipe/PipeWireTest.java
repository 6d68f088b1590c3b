package io.tournant.ipc.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.Pairs;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.posix.PosixException;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One side of a wire against a peer in the test's hands. */
class PipeWireTest {

    private static final int CAPACITY = 16 << 10;
    private static final Deadline SOON = Deadline.after(Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    private PipeHands hands;
    private PipeWire wire;
    private PipeWire peer;

    @BeforeAll
    static void needsPipes() {
        Pairs.assumeAvailable(Transport.pipe());
    }

    @BeforeEach
    void open() throws Exception {
        hands = PipeHands.open(directory, CAPACITY);
        wire = hands.wire();
        peer = hands.peer();
    }

    @AfterEach
    void close() {
        hands.close();
    }

    /** Those of the heap go through a stage that is smaller than they are. */
    @Test
    void whatIsGatheredFromAnyMemoryArrivesInOrder() throws Exception {
        ByteBuffer all = random(10_000);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(1000).put(all.slice(0, 1000)).flip();
        ByteBuffer[] sources = {direct, ByteBuffer.allocate(0), all.slice(1000, 6000), all.slice(7000, 3000)};
        assertThat(wire.write(sources)).isEqualTo(10_000);
        assertThat(read(peer, 10_000)).isEqualTo(all);
    }

    @Test
    void aFullPipeTakesNothingAndGoesOnWhereItStopped() throws Exception {
        ByteBuffer all = random(2 * CAPACITY);
        ByteBuffer source = all.duplicate();
        assertThat(wire.write(source)).isEqualTo(CAPACITY);
        assertThat(wire.write(source)).isZero();
        ByteBuffer first = read(peer, CAPACITY);
        wire.awaitWritable(SOON);
        assertThat(wire.write(source)).isEqualTo(CAPACITY);
        assertThat(first).isEqualTo(all.slice(0, CAPACITY));
        assertThat(read(peer, CAPACITY)).isEqualTo(all.slice(CAPACITY, CAPACITY));
    }

    /** What is taken while somebody waits comes before what is read straight. */
    @Test
    void whatCameIsReadInPortionsOfAnySizeToAnyMemory() throws Exception {
        ByteBuffer all = random(CAPACITY);
        peer.write(all.duplicate());
        ByteBuffer found = ByteBuffer.allocate(CAPACITY);
        boolean direct = false;
        while (found.hasRemaining()) {
            wire.awaitReadable(SOON);
            int length = Math.min(777, found.remaining());
            ByteBuffer portion = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
            assertThat(wire.read(portion)).isPositive();
            found.put(portion.flip());
            direct = !direct;
        }
        assertThat(found.flip()).isEqualTo(all);
        assertThat(wire.read(ByteBuffer.allocate(1))).isZero();
        assertThat(wire.read(ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void whatAPeerWroteBeforeItLeftIsReadAndThenTheEnd() throws Exception {
        peer.write(random(3));
        peer.close();
        assertThat(wire.read(ByteBuffer.allocate(2))).isEqualTo(2);
        assertThat(wire.read(ByteBuffer.allocate(2))).isEqualTo(1);
        assertThat(wire.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        wire.awaitReadable(SOON);
        assertThat(wire.read(ByteBuffer.allocateDirect(1))).isEqualTo(-1);
    }

    @Test
    void whoWaitsIsWokenByBytesAndByRoom() throws Exception {
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("poll");
        peer.write(random(1));
        reader.result();
        fill();
        Waiter<Boolean> writer = Waiter.run(() -> wire.awaitWritable(SOON)).inside("poll");
        read(peer, CAPACITY);
        writer.result();
        assertThat(wire.write(random(1))).isEqualTo(1);
    }

    @Test
    void thePeersEndEndsBothWaitsAndWritingFailsWithoutASignal() throws Exception {
        fill();
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("poll");
        Waiter<Boolean> writer = Waiter.run(() -> wire.awaitWritable(SOON)).inside("poll");
        peer.close();
        reader.result();
        writer.result();
        assertThat(wire.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThatThrownBy(() -> wire.write(random(1)))
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.number()).isEqualTo(PosixException.EPIPE));
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
        wire.write(random(3));
        wire.closeOutput();
        assertThatThrownBy(() -> wire.write(random(1))).isInstanceOf(ClosedChannelException.class);
        read(peer, 3);
        assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        peer.write(random(5));
        assertThat(wire.read(ByteBuffer.allocate(10))).isEqualTo(5);
        assertThat(wire.isOpen()).isTrue();
    }

    @Test
    void whoWaitsFindsTheWireClosed() throws Exception {
        fill();
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("poll");
        Waiter<Boolean> writer = Waiter.run(() -> wire.awaitWritable(SOON)).inside("poll");
        wire.close();
        wire.close();
        assertThatThrownBy(reader::result).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(writer::result).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThat(wire.isOpen()).isFalse();
        wire.wakeWriter();
    }

    private void fill() throws IOException {
        wire.write(random(CAPACITY));
    }

    private static ByteBuffer read(PipeWire from, int length) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining()) {
            assertThat(from.read(all)).isPositive();
        }
        return all.flip();
    }

    private static ByteBuffer random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
