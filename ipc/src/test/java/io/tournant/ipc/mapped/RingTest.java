package io.tournant.ipc.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {

    private static final int CAPACITY = 4096;
    private static final int MOST = CAPACITY / 8 - 16;
    private static final int MAX = 5000;
    private static final Message EMPTY = Message.of(0, 0);

    private final MemorySegment file = Arena.ofAuto().allocate(RingLayout.length(CAPACITY), 128);
    private final RingFile.Direction ring =
            new RingFile.Direction(file, RingLayout.THERE_OFFSET, RingLayout.BYTES_OFFSET, CAPACITY);
    private final RingWriter writer = ring.writer();
    private final RingReader reader = ring.reader(MAX);

    private boolean write(Message message) throws Exception {
        return writer.write(FrameType.MESSAGE, message);
    }

    private Frame read() throws Exception {
        Frame frame = reader.poll();
        while (frame == null && reader.hasRecord()) {
            frame = reader.poll();
        }
        return frame;
    }

    private static Message message(int id, int length) {
        byte[] payload = new byte[length];
        new Random(id).nextBytes(payload);
        return Message.of(id & 0xFF, id, payload);
    }

    /** Many rounds of the ring, with a reader that falls behind by chance. */
    @Test
    void messagesArriveWholeAndInOrderWhateverTheirLengths() throws Exception {
        var random = new Random(1);
        Queue<Message> sent = new ArrayDeque<>();
        int received = 0;
        boolean out = true;
        for (int i = 0; received < 20_000; ) {
            if (out) {
                Message next = message(i, random.nextInt(10) == 0 ? random.nextInt(MAX) : random.nextInt(100));
                i++;
                sent.add(next);
                out = writer.write(FrameType.MESSAGE, next);
            } else {
                out = writer.writeMore();
            }
            for (int reads = random.nextInt(4); reads > 0 || (!out && reader.hasRecord()); reads--) {
                Frame frame = reader.poll();
                if (frame != null) {
                    assertThat(frame.message()).isEqualTo(sent.remove());
                    received++;
                }
            }
            if (!out || reader.isHeadDue()) {
                reader.giveBack();
            }
        }
    }

    @Test
    void goldenBytes() throws Exception {
        write(Message.of(7, 0x1122334455667788L, new byte[] {'a', 'b', 'c'}));
        writer.write(FrameType.END, EMPTY);
        byte[] bytes = new byte[48];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, RingLayout.BYTES_OFFSET, bytes, 0, bytes.length);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("13000000" + "01070000" + "8877665544332211" + "6162630000000000" + "10000000" + "02000000"
                        + "0000000000000000" + "0000000000000000");
    }

    @Test
    void goldenBytesOfALongMessageAndOfPadding() throws Exception {
        write(Message.of(7, 1, new byte[MOST + 1]));
        assertThat(word(0)).isEqualTo(0x0000_0704_0000_0018L);
        assertThat(file.get(ValueLayout.JAVA_LONG, RingLayout.BYTES_OFFSET + 16))
                .isEqualTo(MOST + 1);
        assertThat(word(24)).isEqualTo(0x0000_0005_0000_0200L);
        assertThat(word(24 + 512)).isEqualTo(0x0000_0005_0000_0011L);
        while (CAPACITY - writer.position() > 100) {
            write(Message.of(1, 1, new byte[16]));
            read();
            reader.giveBack();
        }
        long at = writer.position();
        write(Message.of(1, 1, new byte[200]));
        assertThat(word(at)).isEqualTo(0x0000_0006_0000_0000L | CAPACITY - at);
        assertThat(word(0)).isEqualTo(0x0000_0101_0000_00D8L);
    }

    private long word(long index) {
        return file.get(ValueLayout.JAVA_LONG, RingLayout.BYTES_OFFSET + index);
    }

    @Test
    void aFullRingTakesNothingUntilSomethingIsGivenBack() throws Exception {
        int count = 0;
        while (write(message(count, 48))) {
            count++;
        }
        assertThat(count).as("64 bytes each, and a commit word behind").isEqualTo(CAPACITY / 64 - 1);
        assertThat(writer.hasRoom()).isFalse();
        assertThat(writer.isStarted()).isFalse();
        assertThat(read().message()).isEqualTo(message(0, 48));
        assertThat(writer.hasRoom()).as("not given back").isFalse();
        assertThat(reader.giveBack()).isTrue();
        assertThat(reader.giveBack()).as("again").isFalse();
        assertThat(writer.hasRoom()).isTrue();
        assertThat(writer.writeMore()).isTrue();
    }

    @Test
    void aLongMessageGoesOnWhereItStopped() throws Exception {
        Message message = message(3, MAX);
        assertThat(write(message)).isFalse();
        assertThat(writer.isStarted()).isTrue();
        writer.keepRest();
        assertThat(read()).isNull();
        assertThat(reader.giveBack()).isTrue();
        assertThat(writer.writeMore()).isTrue();
        assertThat(read().message()).isEqualTo(message);
    }

    @Test
    void readingIsGivenBackWhenItIsAnEighth() throws Exception {
        write(message(1, MOST - 8));
        write(message(2, 0));
        read();
        assertThat(reader.isHeadDue()).isFalse();
        read();
        assertThat(reader.isHeadDue()).isTrue();
    }

    @Test
    void whoSaysThatItSleepsIsWokenOnce() {
        SleepFlag sleeper = ring.readerSleeps();
        SleepFlag waker = ring.readerSleeps();
        assertThat(waker.take()).isFalse();
        sleeper.set();
        assertThat(waker.take()).isTrue();
        assertThat(waker.take()).isFalse();
        sleeper.set();
        sleeper.clear();
        assertThat(waker.take()).isFalse();
        assertThat(ring.writerSleeps().take()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 65, CAPACITY + 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32})
    void aHeadThatAPeerMadeUpIsRefused(long head) throws Exception {
        write(message(1, 48));
        file.set(ValueLayout.JAVA_LONG, RingLayout.THERE_OFFSET + RingLayout.HEAD, head);
        assertThatThrownBy(writer::hasRoom)
                .isInstanceOf(ChannelException.Corrupt.class)
                .hasMessageContaining("HEAD");
    }

    @Test
    void aHeadThatGoesBackIsRefused() throws Exception {
        write(message(1, 48));
        file.set(ValueLayout.JAVA_LONG, RingLayout.THERE_OFFSET + RingLayout.HEAD, 64);
        assertThat(writer.hasRoom()).isTrue();
        file.set(ValueLayout.JAVA_LONG, RingLayout.THERE_OFFSET + RingLayout.HEAD, 56);
        assertThatThrownBy(writer::hasRoom).isInstanceOf(ChannelException.Corrupt.class);
    }

    /** What the first record of a ring may not be. */
    @ParameterizedTest
    @CsvSource({
        "0x0000_0001_0000_000F, 0, 0", // shorter than a header
        "0x0000_0001_FFFF_FFFF, 0, 0",
        "0x0000_0001_8000_0000, 0, 0",
        "0x0000_0001_7FFF_FFFF, 0, 0",
        "0x0000_0001_0000_0201, 0, 0", // longer than an eighth
        "0x0000_0000_0000_0010, 0, 0", // of no type
        "0x0000_0007_0000_0010, 0, 0",
        "0x0000_0081_0000_0010, 0, 0",
        "0x0001_0001_0000_0010, 0, 0", // reserved bytes
        "0x8000_0001_0000_0010, 0, 0",
        "0x0000_0102_0000_0010, 0, 0", // an end with a kind, an id, a payload
        "0x0000_0002_0000_0010, 1, 0",
        "0x0000_0002_0000_0018, 0, 0",
        "0x0000_0103_0000_0010, 0, 0", // a goodbye likewise
        "0x0000_0003_0000_0010, 1, 0",
        "0x0000_0003_0000_0018, 0, 0",
        "0x0000_0004_0000_0010, 0, 5000", // a long one without a length, or of one out of range
        "0x0000_0004_0000_0018, 0, 5001",
        "0x0000_0004_0000_0018, 0, 496",
        "0x0000_0004_0000_0018, 0, 0",
        "0x0000_0004_0000_0018, 0, -1",
        "0x0000_0004_0000_0018, 0, 0x0000_0001_0000_1000",
        "0x0000_0005_0000_0018, 0, 0", // a piece of nothing
        "0x0000_0006_0000_0008, 0, 0", // padding at the start
        "0x0000_0006_0000_1000, 0, 0",
        "0x0000_0006_0000_0200, 0, 0"
    })
    void aRecordThatAPeerMadeUpIsRefused(String word, String id, String payload) {
        put(0, word, id, payload);
        assertThatThrownBy(this::read).isInstanceOf(ChannelException.Corrupt.class);
    }

    /** What may not come within a long message. */
    @ParameterizedTest
    @CsvSource({
        "0x0000_0001_0000_0010, 0", // another message
        "0x0000_0002_0000_0010, 0",
        "0x0000_0003_0000_0010, 0",
        "0x0000_0004_0000_0018, 0",
        "0x0000_0005_0000_0010, 0", // an empty piece
        "0x0000_0005_0000_000F, 0",
        "0x0000_0105_0000_0018, 0", // one with a kind, or an id
        "0x0000_0005_0000_0018, 1"
    })
    void withinALongMessageNothingElseComes(String word, String id) throws Exception {
        put(0, "0x0000_0004_0000_0018", "1", "5000");
        assertThat(reader.poll()).isNull();
        put(24, word, id, "0");
        assertThatThrownBy(this::read).isInstanceOf(ChannelException.Corrupt.class);
    }

    @Test
    void aPieceThatIsMoreThanIsMissingIsRefused() throws Exception {
        put(0, "0x0000_0004_0000_0018", "1", "497");
        put(24, "0x0000_0005_0000_0200", "0", "0");
        put(24 + 512, "0x0000_0005_0000_0012", "0", "0");
        assertThatThrownBy(this::read).isInstanceOf(ChannelException.Corrupt.class);
    }

    @Test
    void aMessageLongerThanAgreedOnIsRefused() throws Exception {
        RingReader narrow = ring.reader(10);
        write(message(1, 10));
        assertThat(narrow.poll()).isEqualTo(new Frame(FrameType.MESSAGE, message(1, 10)));
        write(message(2, 11));
        assertThatThrownBy(narrow::poll).isInstanceOf(ChannelException.Corrupt.class);
    }

    @Test
    void aRecordBeyondTheEndOfTheRingIsRefused() throws Exception {
        while (CAPACITY - writer.position() > 64) {
            write(message(1, 48));
            read();
            reader.giveBack();
        }
        put((int) writer.position(), "0x0000_0001_0000_0041", "0", "0");
        assertThatThrownBy(this::read).isInstanceOf(ChannelException.Corrupt.class);
        put((int) writer.position(), "0x0000_0006_0000_0038", "0", "0");
        assertThatThrownBy(this::read).isInstanceOf(ChannelException.Corrupt.class);
    }

    private void put(int index, String word, String id, String payload) {
        ByteBuffer bytes = file.asByteBuffer().order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int at = RingLayout.BYTES_OFFSET + index;
        bytes.putLong(at, parse(word)).putLong(at + 8, parse(id)).putLong(at + 16, parse(payload));
    }

    private static long parse(String number) {
        String digits = number.replace("_", "");
        return digits.startsWith("0x") ? Long.parseUnsignedLong(digits.substring(2), 16) : Long.parseLong(digits);
    }
}
