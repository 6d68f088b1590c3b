package io.tournant.ipc.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.frame.WelcomeLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of another user that gets as far as the socket, and even knows the token, is not let in (fault 36). */
class OtherUserTest {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private static final String CLIENT = """
        import java.nio.channels.*;

        void main(String[] arguments) throws Exception {
            try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
                socket.write(ByteBuffer.wrap(HexFormat.of().parseHex(arguments[1])));
                var answer = ByteBuffer.allocate(100);
                while (socket.read(answer) >= 0) {}
                IO.println(HexFormat.of().formatHex(answer.array(), 0, answer.position()));
            }
        }
        """;

    @TempDir
    private Path directory;

    @Test
    void anotherUserIsTurnedAway() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can start a process of another user");
        assumeTrue(Files.isExecutable(SETPRIV), "setpriv starts a process of another user");
        try (Listener listener =
                Transport.unixSocket().withDirectories(directory).listen()) {
            Waiter<Optional<Channel>> accepting = Waiter.start(() -> listener.accept(Duration.ofDays(1)));
            Path socket = SocketEndpoint.parse("unix", listener.endpoint()).path();
            assertThat(answerTo(listener, socket))
                    .as("the directory keeps others out")
                    .isEmpty();
            openToEverybody(directory, socket.getParent(), socket);
            ByteBuffer answer = WelcomeLayout.newBuffer()
                    .put(HexFormat.of().parseHex(answerTo(listener, socket)))
                    .flip();
            assertThat(WelcomeLayout.read(answer, 1000)).isEqualTo(Verdict.WRONG_USER);
            assertThat(accepting.isDone()).isFalse();
        }
    }

    /** What a process of the user nobody is told that says the right hello. */
    private String answerTo(Listener listener, Path socket) throws Exception {
        Path client = Files.writeString(Files.createTempDirectory("client-").resolve("Client.java"), CLIENT);
        openToEverybody(client.getParent(), client);
        try {
            ByteBuffer hello = HelloLayout.write(1000, listener.token(), Medium.SOCKET.code());
            var bytes = new byte[hello.remaining()];
            hello.get(bytes);
            Process process = new ProcessBuilder(List.of(
                            SETPRIV.toString(),
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            client.toString(),
                            socket.toString(),
                            HexFormat.of().formatHex(bytes)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] output = Waiter.start(process.getInputStream()::readAllBytes).result();
            return new String(output, StandardCharsets.US_ASCII).strip();
        } finally {
            Files.delete(client);
            Files.delete(client.getParent());
        }
    }

    private static void openToEverybody(Path... paths) throws Exception {
        for (Path path : paths) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }
}
