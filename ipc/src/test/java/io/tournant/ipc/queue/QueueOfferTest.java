package io.tournant.ipc.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.Pairs;
import io.tournant.ipc.Transport;
import io.tournant.ipc.frame.FrameLayout;
import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.queue.QueueOfferLayout.Offered;
import io.tournant.ipc.socket.Medium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one side offers, and what the other takes. */
class QueueOfferTest {

    private static final QueueName NAME = new QueueName("/tournant-1234567-000102030405060708090a0b0c0d0e0f");

    /** By Python's struct and zlib. */
    private static final int GOLDEN_CHECKSUM = 0xB37E37D5;

    @Test
    void goldenBytesOfAnOffer() {
        ByteBuffer offer = QueueOfferLayout.write(new Offered(NAME, 8, 2048));
        var bytes = new byte[QueueOfferLayout.CHECKSUM_OFFSET];
        offer.get(0, bytes);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("08000000" + "00080000" + "3200" + "0000"
                        + "2f746f75726e616e742d313233343536372d3030303130323033303430353036303730383039306130623063306430653066"
                        + "00".repeat(14));
        assertThat(offer.getInt(QueueOfferLayout.CHECKSUM_OFFSET)).isEqualTo(GOLDEN_CHECKSUM);
    }

    @Test
    void anOfferIsReadAsItWasWrittenAndNoOther() {
        var offered = new Offered(QueueName.random(), 10, 8192);
        ByteBuffer offer = QueueOfferLayout.write(offered);
        assertThat(offer.remaining()).isEqualTo(QueueOfferLayout.LENGTH);
        assertThat(QueueOfferLayout.read(offer)).isEqualTo(offered);
        for (int bit = 0; bit < 8 * QueueOfferLayout.LENGTH; bit++) {
            ByteBuffer flipped = copy(offer);
            flipped.put(bit / 8, (byte) (flipped.get(bit / 8) ^ 1 << bit % 8));
            assertThat(QueueOfferLayout.read(flipped)).as("bit %s", bit).isNull();
        }
    }

    @Test
    void sizesAndNamesOutOfRangeAreRefusedThoughTheChecksumIsRight() {
        for (int[] sizes : new int[][] {{0, 64}, {-1, 64}, {65_537, 64}, {1, 63}, {1, -64}, {1, (1 << 20) + 1}}) {
            assertThat(QueueOfferLayout.read(QueueOfferLayout.write(new Offered(NAME, sizes[0], sizes[1]))))
                    .as("%s messages of %s", sizes[0], sizes[1])
                    .isNull();
        }
        String digits = "000102030405060708090a0b0c0d0e0f";
        for (String name : List.of(
                "tournant-1-" + digits,
                "/tournant-1-" + digits.substring(1),
                "/tournant-1-" + digits + "0",
                "/tournant-12345678901-" + digits,
                "/tournant--" + digits,
                "/tournant-1-" + digits.toUpperCase(Locale.ROOT),
                "/tournant-1-../../../../../../etc/passwd0000",
                "/somebody-else")) {
            assertThat(QueueOfferLayout.read(QueueOfferLayout.write(new Offered(new QueueName(name), 8, 2048))))
                    .as(name)
                    .isNull();
        }
        for (int length : new int[] {0, 65, 0xFFFF}) {
            ByteBuffer offer = QueueOfferLayout.write(new Offered(NAME, 8, 2048));
            offer.putShort(QueueOfferLayout.NAME_LENGTH_OFFSET, (short) length);
            offer.putInt(
                    QueueOfferLayout.CHECKSUM_OFFSET, FrameLayout.checksum(offer, 0, QueueOfferLayout.CHECKSUM_OFFSET));
            assertThat(QueueOfferLayout.read(offer)).as("length %s", length).isNull();
        }
    }

    @Test
    void randomBytesAreNoOffer() {
        var random = new Random(3);
        var bytes = new byte[QueueOfferLayout.LENGTH];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(bytes);
            assertThat(QueueOfferLayout.read(ByteBuffer.wrap(bytes))).isNull();
        }
    }

    /** With real queues. */
    @Nested
    class Accepting {

        private final QueueMedium medium = new QueueMedium(4, 64);

        @TempDir
        private Path directory;

        @BeforeEach
        void needsQueues() {
            Pairs.assumeAvailable(Transport.messageQueue());
        }

        @Test
        void theNamesAreGoneWhenWhoOpenedTheQueuesHasRemovedThem() throws Exception {
            QueuePair made = QueuePair.create(4, 64);
            QueueName name = made.offered().name();
            try (Medium.Side opened = medium.open(made.offer())) {
                assertThat(QueueHands.isThere(name.there())).isTrue();
                opened.removeNames();
                assertThat(QueueHands.isThere(name.there())).isFalse();
                assertThat(QueueHands.isThere(name.back())).isFalse();
            }
            made.close();
        }

        @Test
        void anOfferThatNobodyTookLeavesNothing() throws Exception {
            QueueName name;
            try (Medium.Side made = medium.make()) {
                name = QueueOfferLayout.read(made.offer()).name();
                assertThat(QueueHands.isThere(name.there())).isTrue();
                made.removeNames();
            }
            assertThat(QueueHands.isThere(name.there())).isFalse();
            assertThat(QueueHands.isThere(name.back())).isFalse();
        }

        @Test
        void whatIsNotAsItWasOfferedIsRefusedAndLeftAlone() throws Exception {
            QueuePair made = QueuePair.create(4, 64);
            QueueName name = made.offered().name();
            assertRefused(new Offered(QueueName.random(), 4, 64), "ENOENT");
            assertRefused(new Offered(name, 5, 64), "messages=4");
            assertRefused(new Offered(name, 4, 65), "messageLength=64");
            assertThat(QueueHands.isThere(name.there())).isTrue();
            made.out().send(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
            assertRefused(made.offered(), "present=1");
            made.removeNames();
            made.close();
        }

        @Test
        void aQueueThatOthersMayOpenIsRefused() throws Exception {
            QueuePair made = QueuePair.create(4, 64);
            int queue = Mq.open(made.offered().name().there(), Posix.READ_ONLY);
            Files.setPosixFilePermissions(
                    Path.of("/proc/self/fd/" + queue), PosixFilePermissions.fromString("rw-r--r--"));
            assertRefused(made.offered(), "not this user's alone");
            Posix.close(queue);
            made.removeNames();
            made.close();
        }

        private void assertRefused(Offered offered, String words) {
            assertThatThrownBy(() -> medium.open(QueueOfferLayout.write(offered)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(words);
        }

        /** The directory stands for one where queues show as files; the queues are real. */
        @Test
        void theQueuesOfTheDeadAreSweptAndNoOthers() throws Exception {
            Process dead = new ProcessBuilder("true").start();
            dead.waitFor();
            String random = QueueName.random().text().replaceAll(".*-", "-");
            QueueName gone = new QueueName("/tournant-" + dead.pid() + random);
            QueueName ours = QueueName.random();
            for (QueueName name : List.of(gone, ours)) {
                for (String queue : List.of(name.there(), name.back())) {
                    Posix.close(Mq.create(queue, Posix.READ_ONLY, 1, 64));
                    Path file = Files.createFile(directory.resolve(queue.substring(1)));
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
                }
            }
            QueuePair.sweep(directory);
            assertThat(QueueHands.isThere(gone.there())).isFalse();
            assertThat(QueueHands.isThere(gone.back())).isFalse();
            assertThat(QueueHands.isThere(ours.there())).isTrue();
            Mq.unlink(ours.there());
            Mq.unlink(ours.back());
        }
    }

    private static ByteBuffer copy(ByteBuffer offer) {
        return ByteBuffer.allocate(QueueOfferLayout.LENGTH)
                .put(offer.duplicate())
                .flip();
    }
}
