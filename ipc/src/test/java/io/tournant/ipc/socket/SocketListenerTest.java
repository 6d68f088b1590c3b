package io.tournant.ipc.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelException.Refusal;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.frame.WelcomeLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketListenerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Transport.UnixSocket transport;
    private Listener listener;

    @BeforeEach
    void listen() throws Exception {
        transport = Transport.unixSocket().withDirectories(directory);
        listener = transport.listen();
    }

    @AfterEach
    void close() {
        listener.close();
    }

    // Who is let in

    @Test
    void whoKnowsTheTokenIsLetIn() throws Exception {
        Waiter<Channel> connected = connect(listener.token());
        try (Channel here = listener.accept();
                Channel there = connected.result()) {
            here.send(Message.of(1, 2));
            assertThat(there.receive()).isEqualTo(Message.of(1, 2));
        }
    }

    @Test
    void whoShowsAnotherTokenIsToldSoAndTheNextIsServed() throws Exception {
        Waiter<Channel> wrong = connect(Token.random());
        Waiter<Channel> accepted = Waiter.start(listener::accept);
        assertRefused(Refusal.WRONG_TOKEN, wrong);
        Waiter<Channel> right = connect(listener.token());
        accepted.result().close();
        right.result().close();
    }

    @Test
    void whoSpeaksAnotherVersionIsToldWhichOne() throws Exception {
        ByteBuffer hello =
                HelloLayout.write(1000, listener.token(), Medium.SOCKET.code()).putShort(8, (short) 7);
        try (SocketChannel stranger = dial()) {
            seal(hello);
            stranger.write(hello);
            assertThat(listener.accept(Duration.ZERO)).isEmpty();
            ByteBuffer answer = readAll(stranger);
            assertThat(WelcomeLayout.read(answer, 1000)).isEqualTo(Verdict.WRONG_VERSION);
            assertThat(WelcomeLayout.version(answer)).isEqualTo(1);
        }
    }

    @Test
    void whoSaysSomethingElseIsHungUpOn() throws Exception {
        var random = new Random(4);
        for (int i = 0; i < 50; i++) {
            try (SocketChannel stranger = dial()) {
                var garbage = new byte[HelloLayout.LENGTH + random.nextInt(1000)];
                random.nextBytes(garbage);
                stranger.write(ByteBuffer.wrap(garbage));
                assertThat(listener.accept(Duration.ZERO)).isEmpty();
                assertThat(hungUp(stranger)).isTrue();
            }
        }
        assertThat(openWorks()).isTrue();
    }

    @Test
    void whoHangsUpAtAnyByteOfAHelloIsForgotten() throws Exception {
        ByteBuffer hello = HelloLayout.write(1000, listener.token(), Medium.SOCKET.code());
        for (int length = 0; length < HelloLayout.LENGTH; length++) {
            try (SocketChannel stranger = dial()) {
                stranger.write(hello.slice(0, length));
            }
            assertThat(listener.accept(Duration.ZERO)).isEmpty();
        }
        assertThat(openWorks()).isTrue();
    }

    @Test
    void aHelloMayComeOneByteAtATime() throws Exception {
        Waiter<Channel> accepted = Waiter.start(listener::accept);
        try (SocketChannel peer = dial()) {
            ByteBuffer hello = HelloLayout.write(1000, listener.token(), Medium.SOCKET.code());
            for (int i = 0; i < HelloLayout.LENGTH; i++) {
                peer.write(hello.slice(i, 1));
            }
            accepted.result().close();
        }
    }

    @Test
    void aSilentStrangerKeepsNobodyWaiting() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int i = 0; i < Reception.MAX_STRANGERS + 10; i++) {
                silent.add(dial());
                assertThat(listener.accept(Duration.ZERO)).isEmpty();
            }
            assertThat(hungUp(silent.getFirst()))
                    .as("too many wait, so the oldest goes")
                    .isTrue();
            long start = System.nanoTime();
            assertThat(openWorks()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("not the handshake timeout")
                    .isLessThan(transport.handshakeTimeout());
        } finally {
            for (SocketChannel stranger : silent) {
                stranger.close();
            }
        }
    }

    @Test
    void aSilentStrangerIsHungUpOnAfterTheHandshakeTimeout() throws Exception {
        reopen(transport.withHandshakeTimeout(Duration.ofMillis(50)));
        try (SocketChannel stranger = dial()) {
            Waiter<Optional<Channel>> accepted = Waiter.start(() -> listener.accept(Duration.ofSeconds(60)));
            assertThat(hungUp(stranger)).isTrue();
            Waiter<Channel> right = connect(listener.token());
            accepted.result().orElseThrow().close();
            right.result().close();
        }
    }

    @Test
    void theSmallerMaximumOfBothSidesCounts() throws Exception {
        for (int[] maxima : new int[][] {{100, 200}, {200, 100}, {100, 100}}) {
            reopen(transport.withMaxMessageLength(maxima[0]));
            Waiter<Channel> connected = Waiter.start(
                    () -> transport.withMaxMessageLength(maxima[1]).connect(listener.endpoint(), listener.token()));
            try (Channel here = listener.accept();
                    Channel there = connected.result()) {
                assertThat(here.maxMessageLength()).isEqualTo(100);
                assertThat(there.maxMessageLength()).isEqualTo(100);
            }
        }
    }

    // The endpoint

    @Test
    void onlyTheOwnerCanReachTheSocket() throws Exception {
        Path socket = SocketEndpoint.parse("unix", listener.endpoint()).path();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
        assertThat(socket.getParent().getParent()).isEqualTo(directory);
    }

    @Test
    void theEndpointGoesWhenTheLastExpectedPeerIsIn() throws Exception {
        reopen(transport.withPeers(3));
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(files()).hasSize(1);
            Waiter<Channel> connected = connect(listener.token());
            channels.add(listener.accept());
            channels.add(connected.result());
        }
        assertThat(files()).isEmpty();
        assertThatThrownBy(listener::accept)
                .isInstanceOf(ChannelException.Closed.class)
                .hasMessageContaining("Every expected peer");
        channels.getFirst().send(Message.of(1, 2));
        assertThat(channels.get(1).receive()).isEqualTo(Message.of(1, 2));
        channels.forEach(Channel::close);
    }

    @Test
    void whoStillWaitsWhenTheLastExpectedPeerIsInIsHungUpOn() throws Exception {
        try (SocketChannel stranger = dial()) {
            assertThat(listener.accept(Duration.ZERO)).isEmpty();
            assertThat(openWorks()).isTrue();
            assertThat(hungUp(stranger)).isTrue();
        }
    }

    @Test
    void peersThatComeTogetherAreAllHandedOut() throws Exception {
        reopen(transport.withPeers(3));
        List<Waiter<Channel>> connected =
                Stream.generate(() -> connect(listener.token())).limit(3).toList();
        for (int i = 0; i < 3; i++) {
            listener.accept(LONG).orElseThrow().close();
        }
        for (Waiter<Channel> peer : connected) {
            peer.result().close();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void oneTooManyIsTurnedAway() throws Exception {
        Waiter<Channel> first = connect(listener.token());
        Waiter<Channel> second = connect(listener.token());
        listener.accept().close();
        List<Object> results = new ArrayList<>();
        for (Waiter<Channel> peer : List.of(first, second)) {
            try {
                peer.result().close();
                results.add("let in");
            } catch (ChannelException.Refused | ChannelException.Unavailable e) {
                results.add("turned away");
            }
        }
        assertThat(results).containsExactlyInAnyOrder("let in", "turned away");
    }

    @Test
    void theEndpointGoesWhenTheListenerIsClosed() {
        listener.close();
        listener.close();
        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> transport.connect(listener.endpoint(), listener.token()))
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining(listener.endpoint());
    }

    @Test
    void aFileThatIsNotOursStays() throws Exception {
        Path socket = SocketEndpoint.parse("unix", listener.endpoint()).path();
        Path foreign = Files.createFile(socket.resolveSibling("foreign"));
        listener.close();
        assertThat(foreign).exists();
        Files.delete(foreign);
    }

    @Test
    void aPathThatIsTooLongIsAvoided() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("d".repeat(60)).resolve("e".repeat(60)));
        reopen(transport.withDirectories(deep, directory));
        assertThat(SocketEndpoint.parse("unix", listener.endpoint())
                        .path()
                        .getParent()
                        .getParent())
                .isEqualTo(directory);
        try (Stream<Path> left = Files.list(deep)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whereNoDirectoryServesEachIsNamedWithItsReason() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("d".repeat(60)).resolve("e".repeat(60)));
        Path missing = directory.resolve("missing");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> transport.withDirectories(deep, missing, file).listen())
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining("withDirectories")
                .hasMessageContaining(deep + " (the path of a socket there is longer than 107 bytes)")
                .hasMessageContaining(missing + " (it does not exist)")
                .hasMessageContaining(file + " (Not a directory)");
    }

    @Test
    void anEndpointIsTextThatFindsItsTransport() throws Exception {
        assertThat(listener.endpoint())
                .startsWith("unix:/")
                .doesNotContain(listener.token().reveal());
        Waiter<Channel> connected =
                Waiter.start(() -> Transport.of(listener.endpoint()).connect(listener.endpoint(), listener.token()));
        listener.accept().close();
        connected.result().close();
        assertThatThrownBy(() -> Transport.of("smoke:signals"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smoke:signals")
                .hasMessageContaining("unix:/");
        assertThatThrownBy(() -> transport.connect("unix:relative", listener.token()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // Waiting

    @Test
    void acceptGivesUpWhenItsTimeIsUp() throws Exception {
        assertThat(listener.accept(Duration.ofMillis(20))).isEmpty();
        assertThat(listener.accept(Duration.ZERO)).isEmpty();
        assertThat(openWorks()).isTrue();
    }

    @Test
    void anInterruptEndsOnlyTheWait() throws Exception {
        List<Waiter<Channel>> waiters = List.of(
                Waiter.start(listener::accept).inside("select"),
                Waiter.start(listener::accept),
                Waiter.startVirtual(listener::accept));
        for (Waiter<Channel> waiter : waiters) {
            waiter.thread().interrupt();
            assertThatThrownBy(waiter::result).isInstanceOf(InterruptedException.class);
        }
        assertThat(openWorks()).isTrue();
    }

    @Test
    void aCloseWakesWhoAccepts() throws Exception {
        List<Waiter<Channel>> waiters = List.of(
                Waiter.start(listener::accept).inside("select"),
                Waiter.start(listener::accept),
                Waiter.startVirtual(listener::accept));
        listener.close();
        for (Waiter<Channel> waiter : waiters) {
            assertThatThrownBy(waiter::result).isInstanceOf(ChannelException.Closed.class);
        }
    }

    // The connecting side

    @Test
    void aListenerThatDoesNotAnswerInTimeIsLeft() {
        ChannelException.Refused e = catchThrowableOfType(ChannelException.Refused.class, () -> transport
                .withHandshakeTimeout(Duration.ofMillis(50))
                .connect(listener.endpoint(), listener.token()));
        assertThat(e.refusal()).isEqualTo(Refusal.NO_ANSWER);
        assertThat(e).hasMessageContaining("PT0.05S").hasMessageContaining(listener.endpoint());
    }

    @Test
    void aListenerThatHangsUpIsLeft() {
        Waiter<Channel> connecting = connect(listener.token()).inside("awaitReadable");
        listener.close();
        assertRefused(Refusal.NO_ANSWER, connecting);
    }

    @Test
    void aListenerOfAnotherKindIsLeft() throws Exception {
        for (byte[] answer : List.of(
                new byte[WelcomeLayout.LENGTH],
                "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            Path path = directory.resolve("other");
            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(path));
                Waiter<Channel> connecting = Waiter.start(() -> transport.connect("unix:" + path, Token.random()));
                try (SocketChannel socket = server.accept()) {
                    socket.write(ByteBuffer.wrap(answer));
                    assertRefused(Refusal.NOT_A_PEER, connecting);
                }
            } finally {
                Files.delete(path);
            }
        }
    }

    @Test
    void connectingCanBeInterrupted() {
        Waiter<Channel> connecting = connect(listener.token()).inside("awaitReadable");
        connecting.thread().interrupt();
        assertThatThrownBy(connecting::result).isInstanceOf(InterruptedException.class);
        Waiter<Channel> interrupted = Waiter.start(() -> {
            Thread.currentThread().interrupt();
            return transport.connect(listener.endpoint(), listener.token());
        });
        assertThatThrownBy(interrupted::result).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aPathThatIsTooLongIsRefusedBeforeConnecting() {
        assertThatThrownBy(() -> transport.connect("unix:/" + "x".repeat(107), listener.token()))
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining("107 bytes");
    }

    @Test
    void aPeerWhoseListenerIsGoneStillTalks() throws Exception {
        Waiter<Channel> connected = connect(listener.token());
        try (Channel here = listener.accept()) {
            Channel there = connected.result();
            listener.close();
            there.send(Message.of(1, 2));
            assertThat(here.receive()).isEqualTo(Message.of(1, 2));
            there.close();
            assertThat(here.receive()).isEqualTo(Received.Absent.END);
            assertThat(here.closeReason()).contains(new CloseReason.PeerClosed());
        }
    }

    private void reopen(Transport.UnixSocket other) throws ChannelException {
        listener.close();
        listener = other.listen();
    }

    private Waiter<Channel> connect(Token token) {
        return Waiter.start(() -> transport.connect(listener.endpoint(), token));
    }

    private boolean openWorks() throws Exception {
        Waiter<Channel> connected = connect(listener.token());
        try (Channel here = listener.accept(LONG).orElseThrow();
                Channel there = connected.result()) {
            return here.isOpen() && there.isOpen();
        }
    }

    private SocketChannel dial() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(
                SocketEndpoint.parse("unix", listener.endpoint()).path()));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void seal(ByteBuffer hello) {
        var crc = new CRC32();
        crc.update(hello.slice(0, 48));
        hello.putInt(48, (int) crc.getValue());
    }

    private static ByteBuffer readAll(SocketChannel socket) throws IOException {
        ByteBuffer answer = WelcomeLayout.newBuffer();
        while (answer.hasRemaining()) {
            assertThat(socket.read(answer)).isPositive();
        }
        return answer;
    }

    /** Whether the other side has gone, perhaps after an answer, without a message. */
    private static boolean hungUp(SocketChannel socket) {
        try {
            ByteBuffer answer = ByteBuffer.allocate(100);
            while (socket.read(answer) >= 0) {}
            return answer.position() <= WelcomeLayout.LENGTH;
        } catch (IOException e) {
            return true;
        }
    }

    private static void assertRefused(Refusal refusal, Waiter<Channel> connecting) {
        ChannelException.Refused e = catchThrowableOfType(ChannelException.Refused.class, connecting::result);
        assertThat(e).isNotNull();
        assertThat(e.refusal()).isEqualTo(refusal);
    }
}
