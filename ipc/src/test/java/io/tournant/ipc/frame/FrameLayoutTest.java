package io.tournant.ipc.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.ChannelException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameLayoutTest {

    private static final int MAX = 1000;

    @Test
    void goldenBytesOfAMessage() {
        assertThat(hex(header(FrameType.MESSAGE, 0xA5, 0x0102030405060708L, 0x2A)))
                .isEqualTo("546e" + "01" + "01" + "a5" + "00" + "0000" + "0807060504030201" + "2a000000" + "8344a350");
    }

    @Test
    void goldenBytesOfAnEnd() {
        assertThat(hex(header(FrameType.END, 0, 0, 0)))
                .isEqualTo("546e" + "01" + "02" + "00" + "00" + "0000" + "0000000000000000" + "00000000" + "6bd19950");
    }

    @Test
    void goldenBytesOfAGoodbye() {
        assertThat(hex(header(FrameType.GOODBYE, 0, 0, 0)))
                .isEqualTo("546e" + "01" + "03" + "00" + "00" + "0000" + "0000000000000000" + "00000000" + "281a3fd7");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        for (int length : new int[] {0, 1, MAX - 1, MAX}) {
            ByteBuffer bytes = header(FrameType.MESSAGE, 255, Long.MIN_VALUE, length);
            assertThat(FrameLayout.read(bytes, MAX))
                    .isEqualTo(new FrameHeader(FrameType.MESSAGE, 255, Long.MIN_VALUE, length));
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    @Test
    void everyFlippedBitIsRefused() {
        for (int bit = 0; bit < FrameLayout.HEADER_LENGTH * 8; bit++) {
            ByteBuffer bytes = header(FrameType.MESSAGE, 1, 2, 3);
            int offset = bit / 8;
            bytes.put(offset, (byte) (bytes.get(offset) ^ 1 << (bit % 8)));
            assertThatThrownBy(() -> FrameLayout.read(bytes, MAX))
                    .as("bit %s", bit)
                    .isInstanceOf(ChannelException.Corrupt.class);
        }
    }

    @Test
    void everyFlippedPairOfBitsIsRefused() {
        for (int first = 0; first < FrameLayout.HEADER_LENGTH * 8; first++) {
            for (int second = 0; second < first; second++) {
                ByteBuffer bytes = header(FrameType.MESSAGE, 1, 2, 3);
                bytes.put(first / 8, (byte) (bytes.get(first / 8) ^ 1 << (first % 8)));
                bytes.put(second / 8, (byte) (bytes.get(second / 8) ^ 1 << (second % 8)));
                assertThat(isRefused(bytes)).as("bits %s, %s", first, second).isTrue();
            }
        }
    }

    /** Each rule by itself: the checksum is made to match. */
    @ParameterizedTest
    @CsvSource({
        "0, 2, 0x6E53, magic",
        "0, 2, 0x546E, magic",
        "2, 1, 0, version",
        "2, 1, 2, version",
        "2, 1, 255, version",
        "3, 1, 0, type",
        "3, 1, 4, type",
        "3, 1, 255, type",
        "5, 1, 1, flags",
        "5, 1, 128, flags",
        "6, 2, 1, reserved",
        "6, 2, 0x8000, reserved",
        "16, 4, -1, length",
        "16, 4, 1001, length",
        "16, 4, 0x7FFFFFFF, length",
        "16, 4, 0x80000000, length",
        "3, 1, 2, type may not",
        "3, 1, 3, type may not"
    })
    void everyBrokenRuleIsNamed(int offset, int width, String value, String complaint) {
        ByteBuffer bytes = header(FrameType.MESSAGE, 0, 0, 7);
        long number = Long.decode(value);
        for (int i = 0; i < width; i++) {
            bytes.put(offset + i, (byte) (number >> (8 * i)));
        }
        bytes.putInt(FrameLayout.CHECKSUM_OFFSET, FrameLayout.checksum(bytes, 0, FrameLayout.CHECKSUM_OFFSET));
        assertThatThrownBy(() -> FrameLayout.read(bytes, MAX))
                .isInstanceOf(ChannelException.Corrupt.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("header=" + hex(bytes));
    }

    @Test
    void aWrongChecksumIsNamed() {
        ByteBuffer bytes = header(FrameType.MESSAGE, 0, 0, 7);
        bytes.putInt(FrameLayout.CHECKSUM_OFFSET, 0);
        assertThatThrownBy(() -> FrameLayout.read(bytes, MAX)).hasMessageContaining("checksum");
    }

    @Test
    void randomBytesAreRefused() {
        var random = new Random(1);
        var bytes = new byte[FrameLayout.HEADER_LENGTH];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            ByteBuffer buffer = FrameLayout.newBuffer(bytes.length).put(bytes).flip();
            assertThat(isRefused(buffer)).as("header %s", i).isTrue();
        }
    }

    private static boolean isRefused(ByteBuffer bytes) {
        try {
            FrameLayout.read(bytes, MAX);
            return false;
        } catch (ChannelException.Corrupt e) {
            return true;
        }
    }

    private static ByteBuffer header(FrameType type, int kind, long correlationId, int length) {
        ByteBuffer bytes = FrameLayout.newBuffer(FrameLayout.HEADER_LENGTH);
        FrameLayout.write(new FrameHeader(type, kind, correlationId, length), bytes);
        return bytes.flip();
    }

    private static String hex(ByteBuffer buffer) {
        var bytes = new byte[buffer.limit()];
        buffer.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
