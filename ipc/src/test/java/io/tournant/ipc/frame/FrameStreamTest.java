package io.tournant.ipc.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The writer and the reader of frames, in every rhythm that a stream may have. */
class FrameStreamTest {

    private static final int STAGE = 64;
    private static final int MAX = 1 << 20;

    enum Memory {
        HEAP,
        SLICE,
        READ_ONLY,
        DIRECT;

        ByteBuffer hold(byte[] bytes) {
            return switch (this) {
                case HEAP -> ByteBuffer.wrap(bytes);
                case SLICE ->
                    ByteBuffer.allocate(bytes.length + 20)
                            .position(7)
                            .put(bytes)
                            .flip()
                            .position(7);
                case READ_ONLY -> ByteBuffer.wrap(bytes).asReadOnlyBuffer();
                case DIRECT ->
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            };
        }
    }

    /** Takes so many bytes at a time, refusing every other time. */
    private static final class Sink implements GatheringByteChannel {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final int portion;
        private boolean full;

        Sink(int portion) {
            this.portion = portion;
        }

        @Override
        public int write(ByteBuffer source) {
            full = !full;
            if (full && portion < MAX) {
                return 0;
            }
            return take(source, portion);
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            full = !full;
            if (full && portion < MAX) {
                return 0;
            }
            int sum = 0;
            for (int i = offset; i < offset + length; i++) {
                sum += take(sources[i], portion - sum);
            }
            return sum;
        }

        private int take(ByteBuffer source, int limit) {
            int count = Math.min(limit, source.remaining());
            for (int i = 0; i < count; i++) {
                taken.write(source.get());
            }
            return count;
        }

        @Override
        public long write(ByteBuffer[] sources) {
            return write(sources, 0, sources.length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Delivers some bytes, so many at a time, then nothing. */
    private record Source(ByteBuffer bytes, int portion) implements ReadableByteChannel {

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(Math.min(portion, bytes.remaining()), target.remaining());
            for (int i = 0; i < count; i++) {
                target.put(bytes.get());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadWhateverTheLengthAndThePortions(Memory memory) throws IOException {
        for (int portion : new int[] {1, 3, 23, 24, 25, 63, 64, 65, 1000, MAX}) {
            for (int length : new int[] {0, 1, 39, 40, 41, 63, 64, 65, 103, 104, 105, 128, 1000}) {
                var message = new Message(9, length, memory.hold(bytes(length)));
                assertThat(readAll(write(message, portion), portion))
                        .as("length=%s, portion=%s", length, portion)
                        .containsExactly(new Frame(FrameType.MESSAGE, Message.of(9, length, bytes(length))));
            }
        }
    }

    @Test
    void framesFollowEachOtherWithoutAGap() throws IOException {
        var writer = new FrameWriter(STAGE);
        var sink = new Sink(7);
        List<Frame> sent = new ArrayList<>();
        for (int length = 0; length < 200; length += 13) {
            var message = Message.of(length % 256, -length, bytes(length));
            writer.begin(FrameType.MESSAGE, message);
            finish(writer, sink);
            sent.add(new Frame(FrameType.MESSAGE, message));
        }
        for (FrameType control : List.of(FrameType.END, FrameType.GOODBYE)) {
            writer.begin(control, Message.of(0, 0));
            finish(writer, sink);
            sent.add(new Frame(control, Message.of(0, 0)));
        }
        assertThat(readAll(sink.taken.toByteArray(), 5)).isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource
    void theRestOfAKeptFrameNoLongerDependsOnItsOwner(Memory memory) throws IOException {
        for (int before = 0; before < 300; before += 11) {
            byte[] bytes = bytes(200);
            ByteBuffer payload = memory.hold(bytes);
            var writer = new FrameWriter(STAGE);
            writer.begin(FrameType.MESSAGE, new Message(1, 2, payload));
            var sink = new Sink(1);
            for (int i = 0; i < before && !writer.writeTo(sink); i++) {
                assertThat(writer.isStarted()).isEqualTo(sink.taken.size() > 0);
            }
            writer.keepRest();
            Arrays.fill(bytes, (byte) 0);
            if (!payload.isReadOnly()) {
                payload.put(payload.position(), new byte[200]);
            }
            finish(writer, sink);
            assertThat(readAll(sink.taken.toByteArray(), MAX))
                    .containsExactly(new Frame(FrameType.MESSAGE, Message.of(1, 2, bytes(200))));
        }
    }

    @Test
    void aDroppedFrameLeavesNothingBehind() throws IOException {
        var writer = new FrameWriter(STAGE);
        writer.begin(FrameType.MESSAGE, Message.of(1, 2, bytes(500)));
        writer.drop();
        var sink = new Sink(MAX);
        assertThat(writer.writeTo(sink)).isTrue();
        assertThat(sink.taken.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 20, (1 << 20) + 1, 3 << 20})
    void lengthsAroundTheTrustedOneAreCollected(int length) throws IOException {
        var writer = new FrameWriter(1 << 16);
        var sink = new Sink(Integer.MAX_VALUE);
        writer.begin(FrameType.MESSAGE, Message.of(1, 2, bytes(length)));
        finish(writer, sink);
        var reader = new FrameReader(1 << 16, 4 << 20);
        var source = new Source(ByteBuffer.wrap(sink.taken.toByteArray()), 50_000);
        Frame frame = reader.next();
        while (frame == null) {
            assertThat(reader.fill(source)).isPositive();
            frame = reader.next();
        }
        assertThat(frame.message().toBytes()).isEqualTo(bytes(length));
    }

    @Test
    void aHostileLengthCostsNoMemoryAtOnce() throws IOException {
        int huge = 1 << 30;
        ByteBuffer header = FrameLayout.newBuffer(FrameLayout.HEADER_LENGTH);
        FrameLayout.write(new FrameHeader(FrameType.MESSAGE, 0, 0, huge), header);
        header.flip();
        List<FrameReader> readers = new ArrayList<>();
        long before = allocated();
        for (int i = 0; i < 16; i++) {
            var reader = new FrameReader(STAGE, huge);
            reader.fill(new Source(header.duplicate(), MAX));
            assertThat(reader.next()).isNull();
            readers.add(reader);
        }
        assertThat(allocated() - before).as("bytes for 16 GiB claimed").isLessThan(32L << 20);
        assertThat(readers).hasSize(16);
    }

    @Test
    void aLengthAboveTheMaximumIsRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] frame = write(Message.of(1, 2, bytes(11)), MAX);
        var reader = new FrameReader(STAGE, 10);
        reader.fill(new Source(ByteBuffer.wrap(frame), MAX));
        assertThatThrownBy(reader::next)
                .isInstanceOf(ChannelException.Corrupt.class)
                .hasMessageContaining("maxMessageLength=10");
    }

    @Test
    void buffersSmallerThanAHeaderAreRefused() {
        assertThatThrownBy(() -> new FrameWriter(23)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameReader(23, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    private static byte[] write(Message message, int portion) throws IOException {
        var writer = new FrameWriter(STAGE);
        var sink = new Sink(portion);
        writer.begin(FrameType.MESSAGE, message);
        finish(writer, sink);
        return sink.taken.toByteArray();
    }

    private static void finish(FrameWriter writer, Sink sink) throws IOException {
        int attempts = 0;
        while (!writer.writeTo(sink)) {
            attempts++;
            assertThat(attempts).isLessThan(10_000);
        }
    }

    private static List<Frame> readAll(byte[] bytes, int portion) throws IOException {
        var reader = new FrameReader(STAGE, MAX);
        var source = new Source(ByteBuffer.wrap(bytes), portion);
        List<Frame> frames = new ArrayList<>();
        do {
            for (@Nullable Frame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
        } while (reader.fill(source) > 0);
        return frames;
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
