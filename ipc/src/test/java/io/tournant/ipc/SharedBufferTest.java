package io.tournant.ipc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shared buffer within one process. */
class SharedBufferTest {

    @TempDir
    private Path directory;

    private SharedBuffer allocate(long length) throws ChannelException {
        return SharedBuffer.allocate(List.of(directory), length);
    }

    private SharedBuffer open(SharedBuffer.Handle handle) throws ChannelException {
        return SharedBuffer.open(List.of(directory), handle);
    }

    private Path file(SharedBuffer buffer) {
        return directory.resolve(buffer.handle().name());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    // ------------------------------------------------------------------ memory

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 8, 4095, 4096, 4097, 1 << 16, (1 << 20) + 1})
    void aBufferHasAsManyBytesAsWereAskedForAllZeroAndThereInFull(long length) throws Exception {
        try (SharedBuffer buffer = allocate(length)) {
            MemorySegment bytes = buffer.segment();
            assertThat(buffer.length()).isEqualTo(length);
            assertThat(bytes.byteSize()).isEqualTo(length);
            assertThat(bytes.mismatch(MemorySegment.ofArray(new byte[(int) length])))
                    .isEqualTo(-1);
            assertThat(Files.size(file(buffer))).isEqualTo(4096 + length);
            assertThatThrownBy(() -> bytes.get(JAVA_BYTE, length)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(buffer))))
                    .isEqualTo("rw-------");
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, SharedBuffer.MAX_LENGTH + 1})
    void aLengthOutOfRangeIsRefused(long length) {
        assertThatThrownBy(() -> allocate(length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length=" + length);
    }

    @Test
    void whereThereIsNoRoomIsSaidBeforeAnythingIsWritten() throws Exception {
        assertThatThrownBy(() -> allocate(SharedBuffer.MAX_LENGTH))
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining(directory + " (there is no room: bytes=1099511631872")
                .hasMessageContaining("java.io.tmpdir");
        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> SharedBuffer.allocate(List.of(directory.resolve("missing")), 1))
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining("missing (it does not exist)");
    }

    @Test
    void anyThreadSeesWhatAnotherHolderHasWritten() throws Exception {
        try (SharedBuffer one = allocate(100);
                SharedBuffer other = open(one.handle())) {
            one.segment().set(JAVA_BYTE, 99, (byte) 42);
            assertThat(Waiter.start(() -> other.segment().get(JAVA_BYTE, 99)).result())
                    .isEqualTo((byte) 42);
            assertThat(other.length()).isEqualTo(100);
            assertThat(other.handle()).isEqualTo(one.handle());
        }
    }

    /** Of more than 2 GiB: a file without its zeros takes no memory. */
    @Test
    void aBufferMayBeLongerThanAnArray() throws Exception {
        long length = (3L << 30) + 8;
        Path path = directory.resolve("tournant-1-" + "0".repeat(32) + ".buffer");
        try (SharedBuffer small = allocate(1)) {
            BufferFacts.copy(file(small), path);
        }
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(16);
            file.writeLong(Long.reverseBytes(length));
            file.setLength(4096 + length);
        }
        try (SharedBuffer buffer =
                open(new SharedBuffer.Handle(path.getFileName().toString()))) {
            buffer.segment().set(JAVA_LONG, length - 8, 7);
            assertThat(buffer.cell(length - 8).incrementAndGet()).isEqualTo(8);
        }
        assertThat(files()).isEmpty();
    }

    // ------------------------------------------------------------------ cells

    @Test
    void aCellIsANumberInTheBuffer() throws Exception {
        try (SharedBuffer buffer = allocate(24)) {
            SharedLong cell = buffer.cell(16);
            cell.set(5);
            assertThat(buffer.segment().get(JAVA_LONG, 16)).isEqualTo(5);
            assertThat(cell.getAndAdd(3)).isEqualTo(5);
            assertThat(cell.addAndGet(2)).isEqualTo(10);
            assertThat(cell.incrementAndGet()).isEqualTo(11);
            assertThat(cell.getAndSet(20)).isEqualTo(11);
            assertThat(cell.compareAndSet(11, 1)).isFalse();
            assertThat(cell.compareAndSet(20, 1)).isTrue();
            assertThat(buffer.cell(16).get()).isEqualTo(1);
            assertThat(cell).hasToString("1");
            assertThat(buffer.cell(0).get() + buffer.cell(8).get()).isZero();
        }
    }

    @Test
    void aCellThatIsNotWithinTheBufferOrNotAlignedIsRefused() throws Exception {
        try (SharedBuffer buffer = allocate(23)) {
            for (long offset : new long[] {-8, -1, 16, 24, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThatThrownBy(() -> buffer.cell(offset))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("offset=" + offset + " length=23");
            }
            assertThatThrownBy(() -> buffer.cell(4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("multiple of 8");
        }
        try (SharedBuffer small = allocate(7)) {
            assertThatThrownBy(() -> small.cell(0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    // ------------------------------------------------------------------ closing

    @Test
    void theLastOfSeveralHoldersFreesTheBuffer() throws Exception {
        SharedBuffer one = allocate(8);
        SharedBuffer two = open(one.handle());
        SharedBuffer three = open(one.handle());
        Path file = file(one);
        one.close();
        two.close();
        assertThat(BufferFacts.locks(file)).isOne();
        three.cell(0).set(1);
        three.close();
        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> open(one.handle()))
                .isInstanceOf(ChannelException.Gone.class)
                .hasMessageContaining("name=" + one.handle().name());
    }

    @Test
    void aClosedBufferIsNotTouchedAndMayBeClosedAgain() throws Exception {
        SharedBuffer buffer = allocate(8);
        SharedLong cell = buffer.cell(0);
        try (SharedBuffer other = open(buffer.handle())) {
            buffer.close();
            buffer.close();
            assertThatThrownBy(() -> buffer.segment().get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(cell::get).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> buffer.cell(0).incrementAndGet()).isInstanceOf(IllegalStateException.class);
            assertThat(buffer.length()).isEqualTo(8);
            other.cell(0).set(1); // the second close was nobody else's
            assertThat(file(other)).exists();
        }
    }

    @Test
    void aBufferThatNobodyClosesIsClosedAtLast() throws Exception {
        forget();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return files().isEmpty();
        });
    }

    private void forget() throws ChannelException {
        allocate(8).cell(0).set(1);
    }

    @Test
    void nothingIsLeftOfManyBuffers() throws Exception {
        long before = BufferFacts.open();
        for (int i = 0; i < 50; i++) {
            SharedBuffer.Handle handle;
            try (SharedBuffer one = allocate(8192);
                    SharedBuffer two = open(one.handle())) {
                handle = two.handle();
                BufferFacts.copy(file(one), directory.resolve("copy"));
            }
            assertThatThrownBy(() -> open(handle)).isInstanceOf(ChannelException.Gone.class);
            Files.move(directory.resolve("copy"), directory.resolve(handle.name()));
            Files.write(directory.resolve(handle.name()), new byte[10]);
            assertThatThrownBy(() -> open(handle)).isInstanceOf(ChannelException.Corrupt.class);
            Files.delete(directory.resolve(handle.name()));
        }
        assertThat(BufferFacts.open()).isEqualTo(before);
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.startsWith("io.tournant.ipc.held"));
    }

    /** Threads that open and close as they like: who gets in finds the buffer whole, and in the end it is gone. */
    @Test
    void openingRacesWithTheLastClose() throws Exception {
        for (int round = 0; round < 300; round++) {
            SharedBuffer first = allocate(16);
            first.cell(0).set(round);
            var start = new CyclicBarrier(4);
            List<Waiter<Boolean>> others = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                others.add(Waiter.run(() -> {
                    start.await();
                    openAndClose(first.handle(), first.handle().name());
                }));
            }
            start.await();
            first.close();
            for (Waiter<Boolean> other : others) {
                other.result();
            }
            assertThat(files()).isEmpty();
        }
    }

    private void openAndClose(SharedBuffer.Handle handle, String name) throws ChannelException {
        for (int i = 0; i < 3; i++) {
            try (SharedBuffer buffer = open(handle)) {
                assertThat(directory.resolve(name)).exists();
                buffer.cell(8).incrementAndGet();
            } catch (ChannelException.Gone e) {
                return;
            }
        }
    }

    // ------------------------------------------------------------------ handles

    @Test
    void aHandleIsSentAsAnObjectOrAsText() throws Exception {
        try (SharedBuffer buffer = allocate(8)) {
            SharedBuffer.Handle handle = buffer.handle();
            var bytes = new ByteArrayOutputStream();
            try (var output = new ObjectOutputStream(bytes)) {
                output.writeObject(handle);
            }
            try (var input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(input.readObject()).isEqualTo(handle);
            }
            assertThat(handle.toString()).matches("shm:tournant-\\d+-[0-9a-f]{32}\\.buffer");
            assertThat(SharedBuffer.Handle.parse(handle.toString())).isEqualTo(handle);
            assertThat(buffer).hasToString("SharedBuffer[handle=" + handle + ", length=8]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shm:",
                "shm:a",
                "tournant-1-0",
                "unix:/a",
                "shm:/etc/passwd",
                "shm:../NAME",
                "shm:NAME/..",
                "shm:NAME ",
                "shm:NAME\n",
                "NAME",
                "shm:sub/NAME"
            })
    void aTextThatNamesSomethingElseIsRefused(String text) {
        String name = "tournant-1-" + "0".repeat(32) + ".buffer";
        assertThat(SharedBuffer.Handle.parse("shm:" + name).name()).isEqualTo(name);
        assertThatThrownBy(() -> SharedBuffer.Handle.parse(text.replace("NAME", name)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anObjectThatNamesSomethingElseIsRefused() throws Exception {
        var handle = new SharedBuffer.Handle("tournant-1-" + "0".repeat(32) + ".buffer");
        var bytes = new ByteArrayOutputStream();
        try (var output = new ObjectOutputStream(bytes)) {
            output.writeObject(handle);
        }
        byte[] forged = bytes.toString(StandardCharsets.ISO_8859_1)
                .replace("tournant-1-0", "/etc/passwd/")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new ObjectInputStream(new ByteArrayInputStream(forged)).readObject())
                .isInstanceOf(InvalidObjectException.class);
    }
}
