package io.tournant.ipc.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelException.Refusal;
import io.tournant.ipc.ChildJvm;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.PipedProcess;
import io.tournant.ipc.Received;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.frame.FrameBytes;
import io.tournant.ipc.frame.FrameLayout;
import io.tournant.ipc.frame.HelloLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child that is started with a channel; most are shell scripts, which speak by printf. */
class ChildPipesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int OURS = 1000;

    /** Says a good hello, and takes the answer. */
    private static final String HELLO = say(hello()) + " dd bs=20 count=1 <&3 >/dev/null 2>&1; ";

    @TempDir
    private Path directory;

    private Transport.Pipe transport;

    @BeforeEach
    void needsPipes() {
        Pairs.assumeAvailable(Transport.pipe());
        transport = Transport.pipe()
                .withSocket(Transport.unixSocket().withDirectories(directory).withHandshakeTimeout(LONG))
                .withMaxMessageLength(2 << 20);
    }

    @Test
    void aJavaChildEchoesAndItsStandardStreamsAreItsOwn() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(ChildJvm.command("--enable-native-access=ALL-UNNAMED", ChildMain.class));
        PipedProcess started = transport.withCapacity(8 << 10).start(builder);
        Process process = started.process();
        try (Channel channel = started.channel();
                Writer input = process.outputWriter();
                BufferedReader output = process.inputReader();
                BufferedReader errors = process.errorReader()) {
            assertThat(names()).as("both sides have opened the pipes").isEmpty();
            input.write("you\n");
            input.flush();
            assertThat(Waiter.start(output::readLine).result())
                    .isEqualTo("heard you, flags 2004000 2004001, again refused");
            assertThat(Waiter.start(errors::readLine).result()).isEqualTo("complains");
            for (int length : new int[] {0, 1, 100_000, 2 << 20}) {
                Message message = Message.of(7, length, new byte[length]);
                Waiter<Boolean> sender = Waiter.run(() -> channel.send(message));
                assertThat(channel.receive(LONG)).isEqualTo(message);
                sender.result();
            }
            channel.closeOutput();
            assertThat(channel.receive(LONG)).isEqualTo(Received.Absent.END);
            assertThat(channel.closeReason()).contains(new CloseReason.PeerClosed());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(builder.environment()).doesNotContainKey("TOURNANT_PIPES");
    }

    @Test
    void aProcessThatWasNotStartedSoHasNothingToInherit() throws Exception {
        assertThatThrownBy(transport::inherited)
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining("TOURNANT_PIPES=null");
        ProcessBuilder builder =
                new ProcessBuilder(ChildJvm.command("--enable-native-access=ALL-UNNAMED", ChildMain.class));
        builder.environment().put("TOURNANT_PIPES", "3,4");
        Process process = builder.start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(Waiter.start(output::readLine).result()).startsWith("The pipes from the parent are not there");
        }
    }

    /** What it says begins with the hello; its frames are those of every transport. */
    @Test
    void aChildWithoutJavaSpeaksTheSame() throws Exception {
        Message message = Message.of(5, 6, new byte[] {'a', '\\', 0});
        PipedProcess started =
                start(HELLO + say(ByteBuffer.wrap(FrameBytes.of(message))) + "cat <&3 >/dev/null; exit 7");
        try (Channel channel = started.channel()) {
            assertThat(channel.maxMessageLength()).as("the smaller of both").isEqualTo(OURS);
            assertThat(channel.receive(LONG)).isEqualTo(message);
            channel.send(Message.of(1, 1));
        }
        assertThat(started.process().waitFor()).isEqualTo(7);
    }

    @Test
    void theDeathOfAChildIsSeenAfterWhatItSaid() throws Exception {
        PipedProcess started = start(HELLO + "exec sleep 1000");
        try (Channel channel = started.channel()) {
            Waiter<Received> receiver = Waiter.start(channel::receive).inside("poll");
            started.process().destroyForcibly();
            assertThatThrownBy(receiver::result).isInstanceOf(ChannelException.Closed.class);
            assertThat(channel.closeReason()).contains(new CloseReason.PeerDied());
            assertThatThrownBy(() -> channel.send(Message.of(1, 1))).isInstanceOf(ChannelException.Closed.class);
        }
    }

    @Test
    void theEndComesWhenTheLastIsGoneThatHasThePipes() throws Exception {
        PipedProcess started = start(HELLO + "sleep 1000 >/dev/null & echo $!");
        try (Channel channel = started.channel();
                BufferedReader output = started.process().inputReader()) {
            long heir = Long.parseLong(Waiter.start(output::readLine).result());
            started.process().waitFor();
            assertThat(channel.tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
            assertThat(ProcessHandle.of(heir).orElseThrow().destroyForcibly()).isTrue();
            assertThatThrownBy(() -> channel.receive(LONG)).isInstanceOf(ChannelException.Closed.class);
        }
    }

    @Test
    void aParentThatClosesLeavesAChildThatSeesTheEnd() throws Exception {
        PipedProcess started = start(HELLO + "cat <&3 >/dev/null; echo over");
        started.channel().close();
        try (BufferedReader output = started.process().inputReader()) {
            assertThat(Waiter.start(output::readLine).result()).isEqualTo("over");
        }
    }

    @Test
    void aChildThatExitsBeforeItsHelloIsARefusalThatSaysSo() {
        assertRefused(Refusal.NO_ANSWER, "exit=3", "exit 3");
        assertRefused(Refusal.NO_ANSWER, "exit=0", say(hello().limit(51)));
        assertThatThrownBy(() -> transport.start(new ProcessBuilder("/no/such/program")))
                .isInstanceOf(ChannelException.Refused.class)
                .hasMessageContaining("no program that was found")
                .hasMessageContaining("command=[/no/such/program]");
        assertThatThrownBy(() -> transport.start(new ProcessBuilder(directory.toString())))
                .hasMessageContaining("no program that may be run");
    }

    @Test
    void whatIsNoHelloIsRefused() {
        assertRefused(Refusal.NOT_A_PEER, "no hello to its parent", say(ByteBuffer.allocate(52)) + "exec sleep 1000");
        ByteBuffer later = hello().putShort(8, (short) 2);
        later.putInt(48, FrameLayout.checksum(later, 0, 48));
        assertRefused(Refusal.WRONG_VERSION, "another version", say(later) + "exec sleep 1000");
        ByteBuffer stranger = HelloLayout.write(OURS, Token.random(), HelloLayout.PIPE);
        assertRefused(Refusal.NOT_A_PEER, "no hello to its parent", say(stranger) + "exec sleep 1000");
    }

    @Test
    void aChildThatSaysNothingIsKilledWhenTheTimeIsUp() throws Exception {
        transport = transport.withSocket(transport.socket().withHandshakeTimeout(Duration.ofMillis(200)));
        Path pid = directory.resolve("pid");
        assertRefused(Refusal.NO_ANSWER, "did not say hello within PT0.2S", "echo $$ >" + pid + "; exec sleep 1000");
        awaitDeath(pid);
    }

    @Test
    void anInterruptEndsTheWaitAndTheChild() throws Exception {
        Path pid = directory.resolve("pid");
        Waiter<PipedProcess> starting = Waiter.start(() -> start("echo $$ >" + pid + "; exec sleep 1000"));
        await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
        starting.inside("poll").thread().interrupt();
        assertThatThrownBy(starting::result).isInstanceOf(InterruptedException.class);
        awaitDeath(pid);
        assertThat(Waiter.start(() -> {
                            Thread.currentThread().interrupt();
                            return start("exit 0");
                        })
                        .thread())
                .satisfies(thread -> assertThat(thread.join(LONG)).isTrue());
        Files.delete(pid);
        assertThat(names()).isEmpty();
    }

    private static void awaitDeath(Path pid) throws IOException {
        long number = Long.parseLong(Files.readString(pid).strip());
        await().atMost(LONG).until(() -> ProcessHandle.of(number).isEmpty());
    }

    @Test
    void nothingIsLeftHoweverItEnds() throws Exception {
        start(HELLO).channel().close(); // whatever is opened once and for all is open
        long before = descriptors();
        for (int i = 0; i < 5; i++) {
            PipedProcess started = start(HELLO);
            started.process().waitFor();
            closeStreams(started.process());
            started.channel().close();
            assertRefused(Refusal.NO_ANSWER, "exit=1", "exit 1");
        }
        assertThat(names()).isEmpty();
        await().atMost(LONG).until(() -> descriptors() < before + 5); // streams of processes are reaped later
    }

    private static void closeStreams(Process process) throws IOException {
        process.getInputStream().close();
        process.getErrorStream().close();
        process.getOutputStream().close();
    }

    @Test
    void aBuilderWithoutAProgramIsRefused() {
        assertThatThrownBy(() -> transport.start(new ProcessBuilder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("command=[]");
    }

    private PipedProcess start(String script) throws Exception {
        return transport.start(new ProcessBuilder("/bin/sh", "-c", script));
    }

    private void assertRefused(Refusal refusal, String words, String script) {
        assertThatThrownBy(() -> start(script))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(ChannelException.Refused.class, e -> assertThat(e.refusal())
                        .isEqualTo(refusal));
    }

    private static ByteBuffer hello() {
        return HelloLayout.write(OURS, Token.of(new byte[Token.LENGTH]), HelloLayout.PIPE);
    }

    /** The command of a shell that writes some bytes to descriptor 4. */
    private static String say(ByteBuffer bytes) {
        List<String> octal = new ArrayList<>();
        while (bytes.hasRemaining()) {
            octal.add(String.format("\\%03o", bytes.get()));
        }
        return "printf '" + String.join("", octal) + "' >&4; ";
    }

    private List<Path> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
