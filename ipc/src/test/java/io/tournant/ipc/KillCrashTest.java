package io.tournant.ipc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two JVMs send to each other, and one is killed at a random moment: the other has received whole messages, in order, and
 * then sees the death. Nothing is left of all that.
 */
@Tag("faults")
class KillCrashTest {

    private static final int KILLS = Integer.getInteger("faults.kills", 200);

    /** From the start of a JVM until some time after it has begun to send, on a machine that is not busy. */
    private static final int START_MILLIS = 400;

    private static final int TRAFFIC_MICROS = 20_000;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofMillis(50);

    private final Random random = new Random();
    private final List<Long> deaths = new ArrayList<>();
    private long messages;

    @TempDir
    private Path directory;

    /** Also for the other JVM. */
    static Transport transport(String scheme, String directory) {
        Transport transport =
                switch (scheme) {
                    case "unix" -> Transport.unixSocket();
                    case "mapped" -> Transport.mappedFile().withCapacity(1 << 16);
                    case "queue" -> Transport.messageQueue();
                    case "pipe" -> Transport.pipe();
                    default -> throw new IllegalArgumentException("scheme=" + scheme);
                };
        return Pairs.within(transport, Path.of(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "mapped", "queue", "pipe"})
    @Timeout(value = 1, unit = TimeUnit.DAYS) // each wait has a limit of its own
    void whoIsKilledLeavesWholeMessagesAndNothingElse(String scheme) throws Exception {
        Transport transport = transport(scheme, directory.toString());
        Pairs.assumeAvailable(transport);
        killConnecting(transport, false); // what is loaded and opened once
        int descriptors = descriptors();
        deaths.clear();
        messages = 0;
        for (int i = 0; i < KILLS; i++) {
            switch (i % 4) {
                case 0 -> killConnecting(transport, !scheme.equals("queue")); // whose names would stay, see DESIGN.md
                case 1 -> killConnecting(transport, false);
                default -> killListening(transport, scheme);
            }
        }
        Collections.sort(deaths);
        System.out.printf(
                "FAULTS kill %s: kills=%d connected=%d messages=%d death seen after ms p50=%d p99=%d max=%d%n",
                scheme, KILLS, deaths.size(), messages, percentile(50), percentile(99), percentile(100));
        assertThat(deaths.size()).isGreaterThanOrEqualTo(KILLS * 3 / 4 - 1);
        assertThat(percentile(50)).isLessThanOrEqualTo(SOON.toMillis());
        assertNothingIsLeft(transport, descriptors);
    }

    private void killConnecting(Transport transport, boolean early) throws Exception {
        var begun = new CountDownLatch(early ? 0 : 1);
        int delayMicros = random.nextInt(early ? 1000 * START_MILLIS : TRAFFIC_MICROS);
        try (Listener listener = transport.listen();
                ChildJvm child = ChildJvm.start(TrafficMain.class, listener.token(), listener.endpoint())) {
            Waiter<Long> kill = Waiter.start(() -> kill(child, begun, delayMicros));
            Optional<Channel> channel = listener.accept(LOOK);
            while (channel.isEmpty() && !kill.isDone()) {
                channel = listener.accept(LOOK);
            }
            if (channel.isPresent()) {
                outlive(channel.get(), begun, kill);
            }
            assertKilled(child);
        }
    }

    private void killListening(Transport transport, String scheme) throws Exception {
        var begun = new CountDownLatch(1);
        try (ChildJvm child =
                ChildJvm.start(TrafficMain.class, Token.random(), "listen", scheme, directory.toString())) {
            String[] answer = child.readLine().split(" ", -1);
            Channel channel = transport.connect(answer[0], Token.parse(answer[1]));
            Waiter<Long> kill = Waiter.start(() -> kill(child, begun, random.nextInt(TRAFFIC_MICROS)));
            outlive(channel, begun, kill);
            assertKilled(child);
        }
    }

    private static long kill(ChildJvm child, CountDownLatch begun, int delayMicros) throws InterruptedException {
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(delayMicros)); // the random moment
        child.kill();
        return System.nanoTime();
    }

    /** Sends and receives until the other side is dead. */
    private void outlive(Channel channel, CountDownLatch begun, Waiter<Long> kill) throws Exception {
        try (channel) {
            Waiter<ChannelException> sender = Waiter.start(() -> Traffic.send(channel));
            messages += Traffic.receive(channel, begun::countDown);
            long seen = System.nanoTime();
            deaths.add(NANOSECONDS.toMillis(seen - kill.result()));
            assertThat(sender.result()).isInstanceOf(ChannelException.Closed.class);
        }
    }

    private static void assertKilled(ChildJvm child) throws InterruptedException {
        assertThat(child.awaitExit())
                .as("exit code: what else it found is printed")
                .isEqualTo(128 + 9);
    }

    private long percentile(int percent) {
        return deaths.get(Math.min(deaths.size() - 1, deaths.size() * percent / 100));
    }

    // ------------------------------------------------------------------ what is left

    private void assertNothingIsLeft(Transport transport, int descriptors) throws Exception {
        await("descriptors").atMost(Duration.ofSeconds(10)).until(() -> descriptors() <= descriptors);
        await("threads").atMost(Duration.ofSeconds(10)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("tournant-")));
        age(); // those of sides that were killed before they were answered are for the next sweep
        Pairs.open(transport).close();
        assertThat(files()).isEmpty();
        assertThat(queues()).isEmpty();
    }

    private void age() throws IOException {
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static List<String> queues() {
        return Stream.of(Objects.requireNonNullElse(new File("/dev/mqueue").list(), new String[0]))
                .filter(name -> name.startsWith("tournant-"))
                .toList();
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
