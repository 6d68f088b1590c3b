package io.tournant.examples.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import io.tournant.ipc.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code peer.py}, which was written from ipc/DESIGN.md alone, to what that says: if both are right, they agree. */
class PythonPeerTest {

    private static final Path SCRIPT = Path.of("src/main/python/peer.py");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Process> started = new ArrayList<>();

    static Stream<Transport> transports() {
        return Stream.of(Transport.unixSocket(), Transport.mappedFile());
    }

    @BeforeAll
    static void python() throws InterruptedException {
        try {
            Process python = new ProcessBuilder(
                            "python3", "-c", "import mmap, socket, sys; sys.exit(sys.version_info < (3, 8))")
                    .start();
            assumeTrue(python.waitFor() == 0, "python3 is older than 3.8");
        } catch (IOException e) {
            assumeTrue(false, "There is no python3: " + e.getMessage());
        }
    }

    @AfterEach
    void nobodyStays() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void messagesOfAllLengthsComeBackAsTheyWent(Transport transport) throws Exception {
        var random = new Random(11);
        try (Listener listener = transport.listen()) {
            Process python = start(listener);
            Channel channel = listener.accept(PATIENCE).orElseThrow();
            for (int length : new int[] {0, 1, 7, 8, 100, 4095, 32_752, 32_753, 70_000, 1 << 20, 5_000_000}) {
                var bytes = new byte[length];
                random.nextBytes(bytes);
                channel.send(Message.of(length % 256, -length, bytes));

                assertThat(message(channel)).isEqualTo(Message.of(length % 256, -length, bytes));
            }
            channel.closeOutput();
            assertThat(channel.receive(PATIENCE)).isEqualTo(Received.Absent.END);
            assertThat(channel.closeReason()).contains(new CloseReason.PeerClosed());
            assertThat(python.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(python.exitValue()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void manyMessagesKeepTheirOrderThroughFullBuffers(Transport transport) throws Exception {
        int count = 5_000;
        try (Listener listener = transport.listen()) {
            start(listener);
            Channel channel = listener.accept(PATIENCE).orElseThrow();
            Thread sender = Thread.ofVirtual().start(() -> send(channel, count));
            for (int i = 0; i < count; i++) {
                assertThat(message(channel)).isEqualTo(numbered(i));
            }
            sender.join();
            channel.close();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void itsDeathIsSeen(Transport transport) throws Exception {
        try (Listener listener = transport.listen()) {
            Process python = start(listener);
            Channel channel = listener.accept(PATIENCE).orElseThrow();
            channel.send(Message.of(1, 1));
            message(channel);
            python.destroyForcibly();

            assertThatExceptionOfType(ChannelException.Closed.class).isThrownBy(() -> channel.receive(PATIENCE));
            assertThat(channel.closeReason()).contains(new CloseReason.PeerDied());
        }
    }

    private Process start(Listener listener) throws IOException {
        assertThat(Files.isRegularFile(SCRIPT)).isTrue();
        Process python = new ProcessBuilder("python3", SCRIPT.toString(), listener.endpoint())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(python);
        python.outputWriter(UTF_8)
                .append(listener.token().reveal())
                .append('\n')
                .close();
        return python;
    }

    private static void send(Channel channel, int count) {
        try {
            for (int i = 0; i < count; i++) {
                channel.send(numbered(i));
            }
        } catch (ChannelException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Message numbered(int number) {
        return Message.of(number % 256, number, new byte[number % 1000]);
    }

    private static Message message(Channel channel) throws ChannelException, InterruptedException {
        return (Message) channel.receive(PATIENCE);
    }
}
