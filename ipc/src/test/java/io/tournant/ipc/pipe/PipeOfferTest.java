package io.tournant.ipc.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.frame.WelcomeLayout;
import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.socket.PathOfferLayout;
import io.tournant.ipc.socket.PathOfferLayout.Offered;
import io.tournant.ipc.socket.SocketEndpoint;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered, and what is taken. */
class PipeOfferTest {

    private static final int CAPACITY = 16 << 10;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<PipePair> made = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void needsPipes() {
        Pairs.assumeAvailable(Transport.pipe());
    }

    @AfterEach
    void closeAll() {
        made.forEach(PipePair::close);
    }

    private PipePair make() throws ChannelException {
        PipePair pair = PipePair.create(List.of(directory), CAPACITY);
        made.add(pair);
        return pair;
    }

    private static Offered offered(PipePair pair) {
        return PathOfferLayout.read(pair.offer());
    }

    @Test
    void theFifosAreForTheirOwnerAloneAndHoldWhatIsOffered() throws Exception {
        PipePair pair = make();
        for (Path fifo : List.of(pair.there(), pair.back())) {
            assertThat(Files.readAttributes(fifo, "unix:mode")).containsEntry("mode", 0010600);
            int descriptor = Fifo.openOffered(fifo, Fifo.READ_WRITE, CAPACITY);
            assertThat(Fifo.capacity(descriptor)).isEqualTo(CAPACITY);
            Posix.close(descriptor);
        }
        assertThat(offered(pair))
                .isEqualTo(new Offered(directory.resolve(pathOf(pair).getFileName()), CAPACITY));
    }

    private static Path pathOf(PipePair pair) {
        return offered(pair).path();
    }

    @Test
    void whatIsNotAsItWasOfferedIsRefusedAndLeftAlone() throws Exception {
        PipePair pair = make();
        Path path = pathOf(pair);
        assertRefused(new Offered(directory.resolve("nothing"), CAPACITY), "ENOENT");
        assertRefused(new Offered(directory.resolve("gone").resolve("x"), CAPACITY), "ENOENT");
        assertRefused(new Offered(path, 2 * CAPACITY), "found=" + CAPACITY);
        assertRefused(new Offered(path, CAPACITY + 1), "hold what none can");
        assertThat(names()).hasSize(2);
        PipePair.open(offered(pair)).close();
    }

    @Test
    void whatIsNoFifoOrALinkToOneIsRefused() throws Exception {
        PipePair pair = make();
        Files.delete(pair.there());
        Files.createFile(
                pair.there(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertRefused(offered(pair), "no pipe of this user alone");
        Files.delete(pair.there());
        Files.createDirectory(pair.there());
        assertRefused(offered(pair), "no pipe of this user alone");
        Files.delete(pair.there());
        Files.createSymbolicLink(pair.there(), make().there());
        assertRefused(offered(pair), "ELOOP");
    }

    @Test
    void aFifoThatOthersMayOpenIsRefused() throws Exception {
        PipePair pair = make();
        Files.setPosixFilePermissions(pair.back(), PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(offered(pair), "no pipe of this user alone");
    }

    @Test
    void aFifoOfAnotherUserIsRefused() throws Exception {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "only root gives away");
        PipePair pair = make();
        Files.setAttribute(pair.there(), "unix:uid", 65_534);
        assertRefused(offered(pair), "uid=65534");
    }

    /** What nobody reads nobody can open to write. */
    @Test
    void fifosWhoseMakerIsGoneAreRefused() throws Exception {
        PipePair pair = make();
        pair.close();
        assertRefused(offered(pair), "ENXIO");
    }

    private static void assertRefused(Offered offered, String words) {
        assertThatThrownBy(() -> PipePair.open(offered))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words);
    }

    /** A peer that has said a good hello and removes nothing itself. */
    @Test
    void theListenerRemovesTheNamesClosesTheSocketAndServesThePeer() throws Exception {
        PipePair pair = make();
        try (Listener listener = Transport.pipe().listen();
                SocketChannel socket = greet(listener, pair.offer());
                Channel channel = listener.accept(LONG).orElseThrow()) {
            ByteBuffer welcome = WelcomeLayout.newBuffer();
            while (welcome.hasRemaining()) {
                assertThat(socket.read(welcome)).isPositive();
            }
            assertThat(Waiter.start(() -> socket.read(ByteBuffer.allocate(1))).result())
                    .as("nobody needs it any more")
                    .isEqualTo(-1);
            assertThat(names()).isEmpty();
            pair.leaveItsPlace();
            assertThat(channel.isOpen()).isTrue();
            pair.close();
            assertThatThrownBy(() -> channel.receive(LONG)).isInstanceOf(ChannelException.Closed.class);
        }
    }

    @Test
    void whoOffersNoPipesIsNotLetInAndTheListenerWaitsOn() throws Exception {
        Transport transport = Transport.pipe();
        ByteBuffer broken = make().offer();
        broken.put(0, (byte) (broken.get(0) ^ 1));
        try (Listener listener = transport.listen()) {
            Waiter<Optional<Channel>> accepting = Waiter.start(() -> listener.accept(LONG));
            for (ByteBuffer offer : List.of(broken, PathOfferLayout.write(directory.resolve("x"), CAPACITY))) {
                try (SocketChannel socket = greet(listener, offer)) {
                    assertThat(socket.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                }
            }
            Waiter<Channel> connected = Waiter.start(() -> transport.connect(listener.endpoint(), listener.token()));
            try (Channel accepted = accepting.result().orElseThrow();
                    Channel other = connected.result()) {
                other.send(Message.of(1, 2));
                assertThat(accepted.receive(LONG)).isEqualTo(Message.of(1, 2));
            }
        }
    }

    private static SocketChannel greet(Listener listener, ByteBuffer offer) throws IOException {
        Path path = SocketEndpoint.parse(PipeMedium.SCHEME, listener.endpoint()).path();
        SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        socket.write(HelloLayout.write(1000, listener.token(), HelloLayout.PIPE));
        socket.write(offer);
        return socket;
    }

    @Test
    void whatNobodyTookLeavesNothing() throws Exception {
        PipePair pair = make();
        assertThat(names()).hasSize(2);
        pair.removeNames();
        assertThat(names()).isEmpty();
    }

    @Test
    void aDirectoryWhereNoneCanBeIsPassedOverAndNamedIfThereIsNoOther() throws Exception {
        Path missing = directory.resolve("missing");
        PipePair pair = PipePair.create(List.of(missing, directory), CAPACITY);
        made.add(pair);
        assertThat(pathOf(pair)).hasParentRaw(directory);
        assertThatThrownBy(() -> PipePair.create(List.of(missing, missing.resolve("x".repeat(250))), CAPACITY))
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining(missing + " (")
                .hasMessageContaining("ENOENT")
                .hasMessageContaining("too long");
    }

    @Test
    void theFifosOfTheDeadAreSweptAndNoOthers() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        List<Path> gone = left("tournant-" + dead.pid() + "-0123", 60);
        List<Path> young = left("tournant-" + dead.pid() + "-4567", 0);
        List<Path> ours = left("tournant-" + ProcessHandle.current().pid() + "-89ab", 60);
        make();
        assertThat(gone).allMatch(path -> !Files.exists(path, LinkOption.NOFOLLOW_LINKS));
        assertThat(young).allMatch(Files::exists);
        assertThat(ours).allMatch(Files::exists);
    }

    private List<Path> left(String name, int secondsAgo) throws IOException {
        List<Path> pair = List.of(directory.resolve(name + ".there"), directory.resolve(name + ".back"));
        for (Path fifo : pair) {
            Fifo.make(fifo);
            int open = Fifo.open(fifo, Fifo.READ_WRITE); // or the JDK waits for somebody to write
            Files.setLastModifiedTime(fifo, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
            Posix.close(open);
        }
        return pair;
    }

    private List<Path> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
