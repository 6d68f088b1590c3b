package io.tournant.ipc.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.ChannelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRingTest {

    private static final int CAPACITY = 4096;
    private static final int WORDS = RingLayout.THERE_OFFSET;

    private final MemorySegment file = Arena.ofAuto().allocate(RingLayout.length(CAPACITY), 128);
    private final ByteRing writer = ring();
    private final ByteRing reader = ring();

    private ByteRing ring() {
        return new ByteRing(file, WORDS, RingLayout.BYTES_OFFSET, CAPACITY);
    }

    @Test
    void bytesArriveInOrderWhateverThePortions() throws Exception {
        var random = new Random(1);
        long written = 0;
        long read = 0;
        while (read < 1_000_000) {
            var source = ByteBuffer.allocate(random.nextInt(2 * CAPACITY));
            while (source.hasRemaining()) {
                source.put((byte) (written + source.position()));
            }
            int in = writer.write(source.flip());
            assertThat(source.position()).isEqualTo(in);
            written += in;
            writer.publish();
            var target = ByteBuffer.allocate(random.nextInt(2 * CAPACITY));
            int out = reader.read(target);
            target.flip();
            assertThat(target.remaining()).isEqualTo(out);
            while (target.hasRemaining()) {
                assertThat(target.get()).isEqualTo((byte) read);
                read++;
            }
        }
    }

    @Test
    void whatIsNotPublishedIsNotSeen() throws Exception {
        writer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(reader.hasBytes()).isFalse();
        writer.publish();
        assertThat(reader.hasBytes()).isTrue();
    }

    @Test
    void aFullRingTakesNothing() throws Exception {
        assertThat(writer.write(ByteBuffer.allocate(CAPACITY + 1))).isEqualTo(CAPACITY);
        writer.publish();
        assertThat(writer.write(ByteBuffer.allocate(1))).isZero();
        assertThat(writer.hasRoom()).isFalse();
        reader.read(ByteBuffer.allocate(CAPACITY / 4));
        assertThat(writer.hasRoom()).isTrue();
        assertThat(reader.hasRoomForWriter()).isTrue();
    }

    @Test
    void whoSaysThatItSleepsIsWokenOnce() {
        assertThat(writer.wakes(RingLayout.READER_SLEEPS)).isFalse();
        reader.sleeps(RingLayout.READER_SLEEPS);
        assertThat(writer.wakes(RingLayout.READER_SLEEPS)).isTrue();
        assertThat(writer.wakes(RingLayout.READER_SLEEPS)).isFalse();
        reader.sleeps(RingLayout.READER_SLEEPS);
        reader.awake(RingLayout.READER_SLEEPS);
        assertThat(writer.wakes(RingLayout.READER_SLEEPS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, CAPACITY + 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -4096})
    void aTailThatAPeerMadeUpIsRefused(long tail) {
        file.set(ValueLayout.JAVA_LONG, WORDS + RingLayout.TAIL, tail);
        assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(10)))
                .isInstanceOf(ChannelException.Corrupt.class)
                .hasMessageContaining("TAIL");
        assertThatThrownBy(reader::hasBytes).isInstanceOf(ChannelException.Corrupt.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, CAPACITY + 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32})
    void aHeadThatAPeerMadeUpIsRefused(long head) throws Exception {
        writer.write(ByteBuffer.allocate(CAPACITY));
        file.set(ValueLayout.JAVA_LONG, WORDS + RingLayout.HEAD, head);
        assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(10)))
                .isInstanceOf(ChannelException.Corrupt.class)
                .hasMessageContaining("HEAD");
        assertThatThrownBy(writer::hasRoom).isInstanceOf(ChannelException.Corrupt.class);
    }

    @Test
    void aTailThatGoesBackIsRefused() throws Exception {
        writer.write(ByteBuffer.allocate(100));
        writer.publish();
        reader.read(ByteBuffer.allocate(50));
        file.set(ValueLayout.JAVA_LONG, WORDS + RingLayout.TAIL, 60L);
        assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(50))).isInstanceOf(ChannelException.Corrupt.class);
    }
}
