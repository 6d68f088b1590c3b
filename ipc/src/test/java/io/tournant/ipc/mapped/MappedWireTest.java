package io.tournant.ipc.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.Waiter;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One side of a wire against a peer whose ring and socket the test holds in its hands. */
class MappedWireTest {

    private static final int CAPACITY = 1 << 25;
    private static final Deadline SOON = Deadline.after(Duration.ofSeconds(30));

    @TempDir
    private Path directory;

    private RingFile theirs;
    private SocketChannel peer;
    private MappedWire wire;

    /** What the peer writes, and what it reads. */
    private ByteRing written;

    private ByteRing read;

    @BeforeEach
    void open() throws Exception {
        RingFile ours = RingFile.create(List.of(directory), CAPACITY);
        theirs = RingFile.open(ours.path(), CAPACITY);
        written = theirs.back();
        read = theirs.there();
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
            peer = server.accept();
            wire = new MappedWire(ours, ours.back(), ours.there(), Bell.of(socket));
        }
    }

    @AfterEach
    void close() throws Exception {
        wire.close();
        peer.close();
        theirs.close();
    }

    /** Room that comes while the first buffer is copied is not for the second. */
    @Test
    void whatIsGatheredKeepsItsOrderWhileTheOtherSideReads() throws Exception {
        ByteBuffer first = ByteBuffer.allocate(2 * CAPACITY);
        ByteBuffer second = ByteBuffer.allocate(100);
        wire.write(ByteBuffer.allocate(CAPACITY / 2));
        Waiter<Boolean> reader = Waiter.start(() -> {
            ByteBuffer target = ByteBuffer.allocate(1 << 12);
            for (int taken = 0; taken < CAPACITY / 2; ) {
                taken += read.read(target.clear());
            }
            return true;
        });
        while (!reader.isDone()) {
            wire.write(new ByteBuffer[] {first, second});
            assertThat(first.hasRemaining()).isTrue();
            assertThat(second.position()).isZero();
        }
        reader.result();
    }

    @Test
    void whatAPeerWroteBeforeItLeftIsReadThoughItSleepsForRoom() throws Exception {
        written.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        written.publish();
        written.sleeps(RingLayout.WRITER_SLEEPS);
        peer.close();
        ByteBuffer target = ByteBuffer.allocate(2);
        assertThat(wire.read(target)).isEqualTo(2);
        written.sleeps(RingLayout.WRITER_SLEEPS);
        assertThat(wire.read(target.clear())).isEqualTo(1);
        wire.awaitReadable(SOON);
        assertThat(wire.read(target.clear())).isEqualTo(-1);
    }

    @Test
    void whoIsRungForWakesUp() throws Exception {
        Waiter<Boolean> reader = Waiter.run(() -> wire.awaitReadable(SOON)).inside("awaitForReader");
        written.write(ByteBuffer.wrap(new byte[] {1}));
        written.publish();
        assertThat(written.wakes(RingLayout.READER_SLEEPS)).isTrue();
        peer.write(ByteBuffer.allocate(1));
        reader.result();
    }

    @Test
    void whoReadsRingsForAWriterThatSleeps() throws Exception {
        written.write(ByteBuffer.allocate(10));
        written.publish();
        written.sleeps(RingLayout.WRITER_SLEEPS);
        assertThat(wire.read(ByteBuffer.allocate(10))).isEqualTo(10);
        assertThat(peer.read(ByteBuffer.allocate(10))).isEqualTo(1);
        assertThat(written.wakes(RingLayout.WRITER_SLEEPS)).as("it was told").isFalse();
    }

    @Test
    void whoWritesRingsOnceForAReaderThatSleeps() throws Exception {
        read.sleeps(RingLayout.READER_SLEEPS);
        wire.write(ByteBuffer.allocate(10));
        wire.write(ByteBuffer.allocate(10));
        assertThat(peer.read(ByteBuffer.allocate(10))).isEqualTo(1);
        peer.configureBlocking(false);
        assertThat(peer.read(ByteBuffer.allocate(10))).isZero();
    }

    @Test
    void aWriterWithoutRoomFindsOutThatThePeerIsGone() throws Exception {
        wire.write(ByteBuffer.allocate(CAPACITY));
        Waiter<Boolean> writer = Waiter.run(() -> {
            while (wire.write(ByteBuffer.allocate(1)) == 0) {
                wire.awaitWritable(SOON);
            }
        });
        writer.inside("awaitForWriter");
        peer.close();
        assertThatThrownBy(writer::result).isInstanceOf(IOException.class);
    }

    /** A peer that rings no more may still read: it is waited for, without a loop that takes a processor. */
    @Test
    void aPeerThatOnlyReadsIsWaitedForWithoutHaste() throws Exception {
        wire.write(ByteBuffer.allocate(CAPACITY));
        peer.shutdownOutput();
        Thread.sleep(5);
        long start = System.nanoTime();
        int rounds = 0;
        while (System.nanoTime() - start < 200_000_000) {
            wire.awaitWritable(Deadline.after(Duration.ofSeconds(1)));
            rounds++;
        }
        assertThat(rounds).isLessThan(200);
        read.read(ByteBuffer.allocate(CAPACITY));
        wire.awaitWritable(SOON);
        assertThat(wire.write(ByteBuffer.allocate(1))).isEqualTo(1);
    }

    @Test
    void afterTheOutputIsClosedNothingIsWrittenAndReadingGoesOn() throws Exception {
        wire.closeOutput();
        assertThatThrownBy(() -> wire.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        written.write(ByteBuffer.allocate(10));
        written.publish();
        written.sleeps(RingLayout.WRITER_SLEEPS);
        assertThat(wire.read(ByteBuffer.allocate(10))).isEqualTo(10);
    }

    @Test
    void afterTheCloseEverythingFails() {
        wire.close();
        wire.close();
        assertThat(wire.isOpen()).isFalse();
        assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> wire.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> wire.awaitReadable(SOON)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> wire.awaitWritable(SOON)).isInstanceOf(ClosedChannelException.class);
    }
}
