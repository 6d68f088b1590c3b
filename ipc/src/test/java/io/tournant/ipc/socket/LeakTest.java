package io.tournant.ipc.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import io.tournant.ipc.Transport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left of a channel, however it ends. */
class LeakTest {

    private static final int ROUNDS = 30;

    private interface End {
        void of(ChannelPair pair) throws Exception;
    }

    @TempDir
    private Path directory;

    @Test
    void closingBothSidesLeavesNoDescriptor() throws Exception {
        assertNothingLeft(ChannelPair::close);
    }

    @Test
    void oneSideThatReceivesTheEndLeavesNoDescriptor() throws Exception {
        assertNothingLeft(pair -> {
            pair.left().close();
            assertThat(pair.right().receive()).isEqualTo(Received.Absent.END);
        });
    }

    @Test
    void aPeerThatStopsReadingLeavesNoDescriptor() throws Exception {
        assertNothingLeft(pair -> {
            fill(pair.left());
            pair.left().close();
            pair.right().close();
        });
    }

    private static void fill(Channel channel) throws IOException {
        while (channel.trySend(Message.of(1, 1, new byte[1 << 16]))) {}
    }

    private void assertNothingLeft(End end) throws Exception {
        assumeTrue(new File("/proc/self/fd").isDirectory(), "descriptors can be counted");
        for (int i = 0; i < 3; i++) {
            once(end);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> pumps() == 0);
        long before = descriptors();
        for (int i = 0; i < ROUNDS; i++) {
            once(end);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> pumps() == 0 && descriptors() < before + ROUNDS / 2);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private void once(End end) throws Exception {
        end.of(SocketChannelTest.open(Transport.unixSocket().withDirectories(directory)));
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
