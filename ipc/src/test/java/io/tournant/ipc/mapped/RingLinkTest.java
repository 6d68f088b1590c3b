package io.tournant.ipc.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.Message;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameType;
import io.tournant.ipc.stream.Deadline;
import java.io.EOFException;
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

/** One side of a link against a peer whose ring and socket the test holds in its hands. */
class RingLinkTest {

    private static final int CAPACITY = 1 << 16;
    private static final Message SHORT = Message.of(1, 2, new byte[10]);
    private static final Message FILLING = Message.of(1, 2, new byte[RecordLayout.mostPayload(CAPACITY)]);
    private static final Deadline SOON = Deadline.after(Duration.ofSeconds(30));

    @TempDir
    private Path directory;

    private RingFile theirs;
    private SocketChannel peer;
    private RingLink link;

    /** What the peer writes, and what it reads; whether it sleeps, and whether the link does. */
    private RingWriter written;

    private RingReader read;
    private SleepFlag writerThere;
    private SleepFlag readerThere;
    private SleepFlag readerHere;

    @BeforeEach
    void open() throws Exception {
        RingFile ours = RingFile.create(List.of(directory), CAPACITY);
        theirs = RingFile.open(ours.path(), CAPACITY);
        written = theirs.back().writer();
        writerThere = theirs.back().writerSleeps();
        readerHere = theirs.back().readerSleeps();
        read = theirs.there().reader(CAPACITY);
        readerThere = theirs.there().readerSleeps();
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
            peer = server.accept();
            link = new RingLink(ours, ours.back(), ours.there(), CAPACITY, Bell.of(socket));
        }
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        peer.close();
        theirs.close();
    }

    private boolean write(Message message) throws IOException {
        return link.write(FrameType.MESSAGE, message);
    }

    private void fill() throws IOException {
        while (write(FILLING)) {
            Thread.onSpinWait();
        }
    }

    private void theyWrite(Message message) throws IOException {
        assertThat(written.write(FrameType.MESSAGE, message)).isTrue();
    }

    private Message received(Deadline deadline) throws Exception {
        Frame frame = link.read(deadline);
        return frame == null ? null : frame.message();
    }

    /** A peer that is gone is not asked whether it wants to be rung for. */
    @Test
    void whatAPeerWroteBeforeItLeftIsReadThoughItSleepsForRoom() throws Exception {
        theyWrite(SHORT);
        theyWrite(FILLING);
        theyWrite(SHORT);
        writerThere.set();
        peer.close();
        assertThat(received(SOON)).isEqualTo(SHORT);
        assertThat(received(SOON)).isEqualTo(FILLING);
        writerThere.set();
        assertThat(received(SOON)).isEqualTo(SHORT);
        assertThatThrownBy(() -> link.read(SOON)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> link.read(Deadline.NOW)).isInstanceOf(EOFException.class);
    }

    @Test
    void whoIsRungForWakesUp() throws Exception {
        Waiter<Message> reader = Waiter.start(() -> received(SOON)).inside("awaitForReader");
        theyWrite(SHORT);
        assertThat(readerHere.take()).isTrue();
        peer.write(ByteBuffer.allocate(1));
        assertThat(reader.result()).isEqualTo(SHORT);
    }

    @Test
    void whoReadsRingsForAWriterThatSleeps() throws Exception {
        theyWrite(SHORT);
        writerThere.set();
        assertThat(received(SOON)).isEqualTo(SHORT);
        assertThat(link.read(Deadline.NOW)).isNull();
        assertThat(peer.read(ByteBuffer.allocate(10))).isEqualTo(1);
        assertThat(writerThere.take()).as("it was told").isFalse();
    }

    /** Not only when there is nothing left to read. */
    @Test
    void whoReadsOnRingsAfterAnEighthOfTheRing() throws Exception {
        theyWrite(FILLING);
        theyWrite(SHORT);
        writerThere.set();
        assertThat(received(SOON)).isEqualTo(FILLING);
        assertThat(peer.read(ByteBuffer.allocate(10))).isEqualTo(1);
    }

    @Test
    void whoWritesRingsOnceForAReaderThatSleeps() throws Exception {
        readerThere.set();
        write(SHORT);
        write(SHORT);
        assertThat(peer.read(ByteBuffer.allocate(10))).isEqualTo(1);
        peer.configureBlocking(false);
        assertThat(peer.read(ByteBuffer.allocate(10))).isZero();
    }

    @Test
    void aWriterWithoutRoomFindsOutThatThePeerIsGone() throws Exception {
        fill();
        Waiter<Boolean> writer = Waiter.run(() -> {
            while (!link.writeMore()) {
                link.awaitRoom(SOON);
            }
        });
        writer.inside("awaitForWriter");
        peer.close();
        assertThatThrownBy(writer::result).isInstanceOf(IOException.class);
    }

    /** It is looked for now and then, though there is room and nobody sleeps. */
    @Test
    void aWriterWithRoomFindsOutThatThePeerIsGone() throws Exception {
        peer.close();
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        assertThatThrownBy(() -> {
                    while (System.nanoTime() < until) {
                        if (!write(Message.of(1, 1))) {
                            read.poll();
                        }
                        while (read.hasRecord()) {
                            read.poll();
                        }
                        read.giveBack();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    /** A peer that rings no more may still read: it is waited for, without a loop that takes a processor. */
    @Test
    void aPeerThatOnlyReadsIsWaitedForWithoutHaste() throws Exception {
        fill();
        peer.shutdownOutput();
        Thread.sleep(5);
        long start = System.nanoTime();
        int rounds = 0;
        while (System.nanoTime() - start < 200_000_000) {
            link.awaitRoom(Deadline.after(Duration.ofSeconds(1)));
            rounds++;
        }
        assertThat(rounds).isLessThan(200);
        read.poll();
        read.giveBack();
        link.awaitRoom(SOON);
        assertThat(link.writeMore()).isTrue();
    }

    @Test
    void afterTheOutputIsClosedNothingIsWrittenAndReadingGoesOn() throws Exception {
        link.closeOutput();
        assertThatThrownBy(() -> write(SHORT)).isInstanceOf(ClosedChannelException.class);
        assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        theyWrite(SHORT);
        writerThere.set();
        assertThat(received(SOON)).isEqualTo(SHORT);
    }

    @Test
    void afterTheCloseEverythingFails() {
        link.close();
        link.close();
        assertThatThrownBy(() -> link.read(SOON)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> write(SHORT)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> link.awaitRoom(SOON)).isInstanceOf(ClosedChannelException.class);
    }
}
