package io.tournant.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two JVMs, one of which dies. */
@ParameterizedClass
@MethodSource("io.tournant.ipc.Pairs#transports")
class TwoProcessesCrashTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Parameter
    private Transport transport;

    @BeforeEach
    void needsTheTransport() {
        Pairs.assumeAvailable(transport);
    }

    @Test
    void anotherJvmAnswersAndClosesInGoodOrder() throws Exception {
        try (Listener listener = transport.listen();
                ChildJvm child = start(listener, "echo");
                Channel channel = accept(listener)) {
            for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 1 << 20}) {
                Message message = Message.of(7, length, new byte[length]);
                channel.send(message);
                assertThat(channel.receive(LONG)).isEqualTo(message);
            }
            channel.closeOutput();
            assertThat(channel.receive(LONG)).isEqualTo(Received.Absent.END);
            assertThat(channel.closeReason()).contains(new CloseReason.PeerClosed());
            child.awaitExit();
        }
    }

    @Test
    void whatAKilledJvmHadSentIsReceivedAndThenItsDeath() throws Exception {
        int count = transport instanceof Transport.MessageQueue queue ? queue.messages() : 50;
        try (Listener listener = transport.listen();
                ChildJvm child = start(listener, "send", Integer.toString(count));
                Channel channel = accept(listener)) {
            List<CloseReason> reasons = new ArrayList<>();
            channel.onClose(reasons::add);
            assertThat(child.readLine()).isEqualTo("sent");
            child.kill();
            child.awaitExit();
            for (int i = 0; i < count; i++) {
                assertThat(channel.receive(LONG)).isEqualTo(Message.of(1, i, new byte[100]));
            }
            assertThat(reasons).isEmpty();
            assertDead(channel);
            assertThat(reasons).containsExactly(new CloseReason.PeerDied());
        }
    }

    @Test
    void theDeathOfAJvmWakesWhoReceivesAndWhoSends() throws Exception {
        try (Listener listener = transport.listen();
                ChildJvm child = start(listener, "ignore");
                Channel channel = accept(listener)) {
            assertThat(child.readLine()).isEqualTo("ready");
            while (channel.trySend(Message.of(1, 1, new byte[1000]))) {}
            Waiter<Boolean> sender = Waiter.start(() -> channel.send(Message.of(1, 1, new byte[1000]), LONG));
            Waiter<Received> receiver = Waiter.start(channel::receive).inside("read");
            child.kill();
            assertThatThrownBy(receiver::result).isInstanceOf(ChannelException.Closed.class);
            assertThatThrownBy(sender::result).isInstanceOf(ChannelException.Closed.class);
            assertDead(channel);
        }
    }

    @Test
    void aJvmThatDiesWithAFrameHalfOutHasDiedAfterTheFrameBefore() throws Exception {
        try (Listener listener = transport.listen();
                ChildJvm child = start(listener, "halt");
                Channel channel = accept(listener)) {
            child.awaitExit();
            assertThat(channel.receive(LONG)).isEqualTo(Message.of(1, 0));
            assertDead(channel);
        }
    }

    @Test
    void aJvmWithAWrongTokenIsNotLetInAndEnds() throws Exception {
        try (Listener listener = transport.listen();
                ChildJvm child = ChildJvm.start(PeerMain.class, Token.random(), listener.endpoint(), "echo")) {
            Waiter<Optional<Channel>> accepted = Waiter.start(() -> listener.accept(Duration.ofDays(1)));
            assertThat(child.awaitExit()).isEqualTo(PeerMain.REFUSED);
            assertThat(accepted.isDone()).isFalse();
        }
    }

    private static ChildJvm start(Listener listener, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(listener.endpoint()));
        all.addAll(List.of(arguments));
        return ChildJvm.start(PeerMain.class, listener.token(), all.toArray(String[]::new));
    }

    private static Channel accept(Listener listener) throws ChannelException, InterruptedException {
        return listener.accept(LONG).orElseThrow();
    }

    private static void assertDead(Channel channel) {
        ChannelException.Closed e = catchThrowableOfType(ChannelException.Closed.class, () -> channel.receive(LONG));
        assertThat(e).isNotNull();
        assertThat(e.reason()).contains(new CloseReason.PeerDied());
    }
}
