package io.tournant.ipc.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.ChannelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedBufferLayoutTest {

    /** Of a buffer of 259 bytes; by Python's struct. */
    private static final String GOLDEN = "544f555242554646" + "01000000" + "00000000" + "0301000000000000";

    @TempDir
    private Path directory;

    @Test
    void goldenBytesOfTheFields() throws Exception {
        Path file = file(259);
        byte[] fields = new byte[SharedBufferLayout.PADDING_OFFSET];
        ByteBuffer.wrap(Files.readAllBytes(file)).get(fields);
        assertThat(HexFormat.of().formatHex(fields)).isEqualTo(GOLDEN);
        assertThat(read(file)).isEqualTo(259);
    }

    @Test
    void noOtherFieldsAreValid() throws Exception {
        Path file = file(259);
        for (int bit = 0; bit < 8 * SharedBufferLayout.PADDING_OFFSET; bit++) {
            flip(file, bit);
            assertThatThrownBy(() -> read(file)).as("bit %s", bit).isInstanceOf(ChannelException.Corrupt.class);
            flip(file, bit);
        }
        assertThat(read(file)).isEqualTo(259);
    }

    @Test
    void aFileOfAnotherLengthIsNotValid() throws Exception {
        for (int fileLength : new int[] {0, 1, 23, 24, 4095, 4096, 4096 + 258, 4096 + 260}) {
            Path file = file(259);
            byte[] bytes = new byte[fileLength];
            ByteBuffer.wrap(bytes).put(Files.readAllBytes(file), 0, Math.min(fileLength, 4096 + 259));
            Files.write(file, bytes);
            assertThatThrownBy(() -> read(file))
                    .as("length %s", fileLength)
                    .isInstanceOf(ChannelException.Corrupt.class);
        }
    }

    @Test
    void aLengthOutOfRangeIsNotValidEvenIfTheFileIsAsLong() throws Exception {
        for (long length : new long[] {0, -1, -4096, SharedBufferLayout.MAX_LENGTH + 1}) {
            Path file = file(length);
            assertThatThrownBy(() -> read(file)).as("length %s", length).isInstanceOf(ChannelException.Corrupt.class);
        }
    }

    /** A file with such fields that is, as far as there is a length like that, as long as they say; without its zeros. */
    private Path file(long length) throws IOException {
        Path path = Files.createTempFile(directory, "fields", "");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            SharedBufferLayout.write(file, length);
            long end = SharedBufferLayout.BYTES_OFFSET + length;
            if (end > SharedBufferLayout.PADDING_OFFSET) {
                file.write(ByteBuffer.allocate(1), end - 1);
            }
        }
        return path;
    }

    private static long read(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return SharedBufferLayout.read(file);
        }
    }

    private static void flip(Path path, int bit) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(path, bytes);
    }
}
