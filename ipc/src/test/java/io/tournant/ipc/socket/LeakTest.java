package io.tournant.ipc.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.Received;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is left of a channel, however it ends. */
@ParameterizedClass
@MethodSource("io.tournant.ipc.Pairs#transports")
class LeakTest {

    private static final int ROUNDS = 30;

    private interface End {
        void of(ChannelPair pair) throws Exception;
    }

    private interface Round {
        void run() throws Exception;
    }

    @Parameter
    private Transport transport;

    @TempDir
    private Path directory;

    @BeforeEach
    void useTheDirectory() {
        Pairs.assumeAvailable(transport);
        transport = Pairs.within(transport, directory);
    }

    @Test
    void closingBothSidesLeavesNoDescriptor() throws Exception {
        assertNothingLeftAfter(ChannelPair::close);
    }

    @Test
    void oneSideThatReceivesTheEndLeavesNoDescriptor() throws Exception {
        assertNothingLeftAfter(pair -> {
            pair.left().close();
            assertThat(pair.right().receive()).isEqualTo(Received.Absent.END);
        });
    }

    @Test
    void aPeerThatStopsReadingLeavesNoDescriptor() throws Exception {
        assertNothingLeftAfter(pair -> {
            fill(pair.left());
            pair.left().close();
            pair.right().close();
        });
    }

    @Test
    void aRefusalLeavesNoDescriptor() throws Exception {
        assertNothingLeft(() -> {
            try (Listener listener = transport.listen()) {
                Waiter<Channel> refused = Waiter.start(() -> transport.connect(listener.endpoint(), Token.random()));
                while (!refused.isDone()) {
                    assertThat(listener.accept(Duration.ofMillis(1))).isEmpty();
                }
                assertThatThrownBy(refused::result).isInstanceOf(ChannelException.Refused.class);
            }
        });
    }

    private void assertNothingLeftAfter(End end) throws Exception {
        assertNothingLeft(() -> end.of(Pairs.open(transport)));
    }

    private static void fill(Channel channel) throws IOException {
        while (channel.trySend(Message.of(1, 1, new byte[1 << 16]))) {}
    }

    private void assertNothingLeft(Round round) throws Exception {
        assumeTrue(new File("/proc/self/fd").isDirectory(), "descriptors can be counted");
        for (int i = 0; i < 3; i++) {
            round.run();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> pumps() == 0);
        long before = descriptors();
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> pumps() == 0 && descriptors() < before + ROUNDS / 2);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long pumps() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tournant-ipc-pump"))
                .count();
    }
}
