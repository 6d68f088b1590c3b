package io.tournant.ipc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with the file of a shared buffer, and what must not. */
class SharedBufferFaultTest {

    @TempDir
    private Path directory;

    private SharedBuffer buffer;
    private Path file;

    @BeforeEach
    void allocate() throws ChannelException {
        buffer = SharedBuffer.allocate(List.of(directory), 8192);
        file = directory.resolve(buffer.handle().name());
    }

    @AfterEach
    void close() {
        buffer.close();
    }

    private SharedBuffer open(Path path) throws ChannelException {
        return SharedBuffer.open(
                List.of(directory), new SharedBuffer.Handle(path.getFileName().toString()));
    }

    /** A path that a buffer might have. */
    private Path another(int number) {
        return directory.resolve("tournant-1-%032x.buffer".formatted(number));
    }

    // ------------------------------------------------------------------ files

    @Test
    void aFileThatIsCutShortIsAnErrorOfWhoTouchesIt() throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(4096 + 4096);
        }
        buffer.segment().set(JAVA_BYTE, 0, (byte) 1);
        assertThatThrownBy(() -> buffer.segment().get(JAVA_BYTE, 5000)).isInstanceOf(InternalError.class);
        assertThatThrownBy(() -> buffer.cell(4096).incrementAndGet()).isInstanceOf(InternalError.class);
        buffer.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsNoFileOfABufferIsNeitherOpenedNorRemoved() throws Exception {
        Path copy = BufferFacts.copy(file, another(1)); // with modes
        open(copy).close();
        assertThat(copy).doesNotExist();

        Path readable = BufferFacts.copy(file, another(2));
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(another(3), BufferFacts.copy(file, directory.resolve("target")));
        Path folder = Files.createDirectory(another(4));
        Path fifo = another(5);
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", fifo.toString())
                        .start()
                        .waitFor())
                .isZero();
        Path empty = BufferFacts.copy(file, another(6));
        Files.write(empty, new byte[0]);
        Path other = BufferFacts.copy(file, another(7));
        try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {0}), 0);
        }
        for (Path wrong : List.of(readable, link, folder, fifo, empty, other)) {
            assertThatThrownBy(() -> open(wrong)).as("%s", wrong).isInstanceOf(ChannelException.Corrupt.class);
            assertThat(Files.exists(wrong, LinkOption.NOFOLLOW_LINKS)).isTrue();
        }
    }

    @Test
    void whatTheDeadHaveLeftIsSweptAndNothingElse() throws Exception {
        Path left = BufferFacts.copy(file, another(1));
        Path open = BufferFacts.copy(file, another(2));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path stranger = BufferFacts.copy(file, directory.resolve("tournant-1-x.buffer"));
        for (Path each : List.of(left, open, stranger, file)) {
            BufferFacts.age(each);
        }
        Path young = BufferFacts.copy(file, another(3));
        SharedBuffer.allocate(List.of(directory), 1).close();
        assertThat(left).doesNotExist();
        assertThat(List.of(open, stranger, young, file)).allMatch(Files::exists);
        assertThat(BufferFacts.locks(file)).isOne();
    }

    // ------------------------------------------------------------------ the lock of this process

    @Test
    void anInterruptIsKeptAndCostsNoLock() throws Exception {
        Thread.currentThread().interrupt();
        SharedBuffer second = open(file);
        SharedBuffer third = SharedBuffer.allocate(List.of(directory), 8);
        second.close();
        third.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(BufferFacts.locks(file)).isOne();
        open(file).close();
    }

    @Test
    void holdersThatComeAndGoCostNoLock() throws Exception {
        for (int i = 0; i < 3; i++) {
            open(file).close();
            assertThat(BufferFacts.locks(file)).isOne();
        }
    }

    /** Class loaders may load the library twice; locks are the process's. */
    @Test
    void anotherCopyOfTheLibraryIsToldAndDoesNoHarm() throws Exception {
        URL classes = SharedBuffer.class.getProtectionDomain().getCodeSource().getLocation();
        URL logging =
                org.slf4j.Logger.class.getProtectionDomain().getCodeSource().getLocation();
        try (var loader = new URLClassLoader(new URL[] {classes, logging}, ClassLoader.getPlatformClassLoader())) {
            Class<?> copy = loader.loadClass(SharedBuffer.class.getName());
            Class<?> handle = loader.loadClass(SharedBuffer.Handle.class.getName());
            Object theirs = handle.getConstructor(String.class)
                    .newInstance(buffer.handle().name());
            var open = copy.getDeclaredMethod("open", List.class, handle);
            open.setAccessible(true);
            assertThatThrownBy(() -> open.invoke(null, List.of(directory), theirs))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("Another copy of this library");
            BufferFacts.age(file);
            var allocate = copy.getDeclaredMethod("allocate", List.class, long.class);
            allocate.setAccessible(true);
            ((AutoCloseable) allocate.invoke(null, List.of(directory), 8L)).close();
            assertThat(BufferFacts.locks(file)).isOne();
            buffer.close();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aBufferOfAProcessThatIsGoneCanBeOpenedUntilItIsSwept() throws Exception {
        Path left = BufferFacts.copy(file, another(1));
        try (SharedBuffer revived = open(left)) {
            BufferFacts.age(left);
            SharedBuffer.allocate(List.of(directory), 1).close();
            assertThat(left).exists();
            assertThat(revived.length()).isEqualTo(8192);
        }
        assertThat(left).doesNotExist();
    }
}
