package io.tournant.ipc.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.Received;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.stream.StreamChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a mapped file, and what a peer does wrong in it. */
class MappedFaultTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int MAX = 10_000;

    @TempDir
    private Path directory;

    private Transport.MappedFile transport() {
        return Transport.mappedFile().withDirectories(directory).withCapacity(1 << 16);
    }

    @Test
    void theFileIsGoneAsSoonAsBothHaveMappedIt() throws Exception {
        try (ChannelPair pair = Pairs.open(transport())) {
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).isEmpty();
            }
            pair.left().send(Message.of(1, 2));
            assertThat(pair.right().receive(LONG)).isEqualTo(Message.of(1, 2));
        }
    }

    @Test
    void aRefusedPeerLeavesNoFile() throws Exception {
        Transport.MappedFile transport = transport();
        try (Listener listener = transport.listen()) {
            Waiter<?> refused = Waiter.start(() -> transport.connect(listener.endpoint(), Token.random()));
            while (!refused.isDone()) {
                assertThat(listener.accept(Duration.ofMillis(1))).isEmpty();
            }
            assertThatThrownBy(refused::result).isInstanceOf(ChannelException.Refused.class);
        }
        assertThatThrownBy(() -> transport.connect("mapped:" + directory.resolve("none"), Token.random()))
                .isInstanceOf(ChannelException.Unavailable.class);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void noDirectoryForTheFileIsARefusalThatNamesThem() throws Exception {
        Transport.MappedFile transport = transport().withDirectories(directory.resolve("missing"));
        try (Listener listener = transport.listen()) {
            assertThatThrownBy(() -> transport.connect(listener.endpoint(), listener.token()))
                    .isInstanceOf(ChannelException.Unavailable.class)
                    .hasMessageContaining("missing (it does not exist)");
        }
    }

    @Test
    void aSocketPeerDoesNotTalkToAMappedListener() throws Exception {
        try (Listener listener = transport().listen()) {
            String endpoint = listener.endpoint().replace("mapped:", "unix:");
            Waiter<?> refused = Waiter.start(() -> Transport.unixSocket().connect(endpoint, listener.token()));
            while (!refused.isDone()) {
                assertThat(listener.accept(Duration.ofMillis(1))).isEmpty();
            }
            assertThatThrownBy(refused::result).isInstanceOf(ChannelException.Refused.class);
        }
    }

    /** Two ends over a file that is still there, so that somebody else can write into it. */
    private ChannelPair openOver(RingFile ours) throws IOException {
        RingFile theirs = RingFile.open(ours.path(), ours.capacity());
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            SocketChannel connecting = SocketChannel.open(UnixDomainSocketAddress.of(path));
            Bell left = Bell.of(connecting);
            Bell right = Bell.of(server.accept());
            return new ChannelPair(
                    new StreamChannel(new RingLink(ours, ours.back(), ours.there(), MAX, left), MAX),
                    new StreamChannel(new RingLink(theirs, theirs.there(), theirs.back(), MAX, right), MAX));
        } finally {
            Files.delete(path);
        }
    }

    /** The file is cut while it is mapped: whoever touches it next finds the channel failed, and the JVM lives. */
    @Test
    void aFileThatIsCutShortFailsTheChannel() throws Exception {
        RingFile file = RingFile.create(List.of(directory), 1 << 16);
        try (ChannelPair pair = openOver(file);
                FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            pair.left().send(Message.of(1, 2));
            assertThat(pair.right().receive(LONG)).isEqualTo(Message.of(1, 2));
            Waiter<Received> receiver = Waiter.start(() -> pair.right().receive(LONG));
            channel.truncate(0);
            assertThatThrownBy(receiver::result).isInstanceOf(ChannelException.Failed.class);
            assertThat(pair.right().closeReason().orElseThrow()).isInstanceOf(CloseReason.Failed.class);
            assertThatThrownBy(() -> pair.left().send(Message.of(1, 2), LONG)).isInstanceOf(ChannelException.class);
        }
    }

    /** Whatever another process writes into the shared words, no side hangs and nothing but the channel ends. */
    @Test
    void randomWordsInTheFileEndTheChannelAndNothingElse() throws Exception {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            RingFile file = RingFile.create(List.of(directory), 4096);
            try (ChannelPair pair = openOver(file);
                    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
                Waiter<Boolean> sender = Waiter.start(() -> {
                    while (pair.left().send(Message.of(1, 1, new byte[random.nextInt(3000)]), LONG)) {
                        Thread.onSpinWait();
                    }
                    return true;
                });
                Waiter<Received> receiver = Waiter.start(() -> {
                    while (pair.right().receive(LONG) instanceof Message) {
                        Thread.onSpinWait();
                    }
                    return Received.Absent.END;
                });
                long until = System.nanoTime() + LONG.toNanos();
                while (!receiver.isDone() && !sender.isDone() && System.nanoTime() < until) {
                    ByteBuffer word = ByteBuffer.allocate(8).putLong(0, random.nextLong() >> random.nextInt(64));
                    channel.write(word, placeOfAWord(random));
                }
                assertThat(System.nanoTime()).isLessThan(until);
                pair.left().close();
                pair.right().close();
                assertThatThrownBy(receiver::result).isInstanceOf(ChannelException.class);
                assertThatThrownBy(sender::result).isInstanceOf(ChannelException.class);
            }
            file.removeNames();
        }
    }

    /** A word of either ring, or where a commit word may stand. */
    private static long placeOfAWord(Random random) {
        if (random.nextBoolean()) {
            return RingLayout.BYTES_OFFSET + 8L * random.nextInt(2 * 4096 / 8);
        }
        int ring = random.nextBoolean() ? RingLayout.THERE_OFFSET : RingLayout.BACK_OFFSET;
        return ring + 128L * random.nextInt(3);
    }
}
