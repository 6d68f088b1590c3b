package io.tournant.ipc.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingFileTest {

    private static final int CAPACITY = 4096;

    @TempDir
    private Path directory;

    @Test
    void aFileIsForItsOwnerAloneAndIsThereInFull() throws Exception {
        try (RingFile file = RingFile.create(List.of(directory), CAPACITY)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                    .isEqualTo("rw-------");
            assertThat(Files.size(file.path())).isEqualTo(RingLayout.length(CAPACITY));
            byte[] head = new byte[16];
            ByteBuffer.wrap(Files.readAllBytes(file.path())).get(head);
            assertThat(HexFormat.of().formatHex(head)).isEqualTo("544f555252494e47" + "02000000" + "00100000");
            file.removeNames();
            assertThat(file.path()).doesNotExist();
        }
    }

    @Test
    void whatOneSideWritesTheOtherReads() throws Exception {
        try (RingFile ours = RingFile.create(List.of(directory), CAPACITY);
                RingFile theirs = RingFile.open(ours.path(), CAPACITY)) {
            RingWriter out = ours.there().writer();
            Message message = Message.of(1, 2, new byte[] {1, 2, 3});
            assertThat(out.write(FrameType.MESSAGE, message)).isTrue();
            assertThat(theirs.there().reader(10).poll()).isEqualTo(new Frame(FrameType.MESSAGE, message));
            assertThat(theirs.back().reader(10).hasRecord()).isFalse();
        }
    }

    @Test
    void theFirstDirectoryThatWorksIsTakenAndARefusalNamesAll() throws Exception {
        Path missing = directory.resolve("missing");
        try (RingFile file = RingFile.create(List.of(missing, directory), CAPACITY)) {
            assertThat(file.path()).hasParent(directory);
        }
        assertThatThrownBy(() -> RingFile.create(List.of(missing, directory.resolve("neither")), CAPACITY))
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining("missing (it does not exist)")
                .hasMessageContaining("neither")
                .hasMessageContaining("withDirectories");
    }

    @Test
    void whatIsNoFileOfRingsIsRefused() throws Exception {
        Path link = directory.resolve("link");
        try (RingFile file = RingFile.create(List.of(directory), CAPACITY)) {
            Files.createSymbolicLink(link, file.path());
            assertThatThrownBy(() -> RingFile.open(link, CAPACITY)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> RingFile.open(file.path(), 2 * CAPACITY)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> RingFile.open(file.path(), -1)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> RingFile.open(directory, CAPACITY)).isInstanceOf(IOException.class);
            try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {0}), 0);
            }
            assertThatThrownBy(() -> RingFile.open(file.path(), CAPACITY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no rings of this version");
        }
    }

    @Test
    void aDirectoryWhosePathIsTooLongIsPassedOver() throws Exception {
        Path deep = directory;
        while (deep.toString().length() < 300) {
            deep = deep.resolve("a-name-of-some-length-to-make-it-long");
        }
        Files.createDirectories(deep);
        try (RingFile file = RingFile.create(List.of(deep, directory), CAPACITY)) {
            assertThat(file.path()).hasParent(directory);
        }
        Path tooDeep = deep;
        assertThatThrownBy(() -> RingFile.create(List.of(tooDeep), CAPACITY))
                .isInstanceOf(ChannelException.Unavailable.class)
                .hasMessageContaining("too long");
    }

    @Test
    void whatTheDeadHaveLeftIsSweptAndNothingElse() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String ours = "tournant-" + ProcessHandle.current().pid();
        Path old = left(ours + "-0.ring", 3 * 3600);
        Path orphan = left("tournant-" + dead.pid() + "-0.ring", 60);
        Path youngOrphan = left("tournant-" + dead.pid() + "-1.ring", 0);
        Path held = left(ours + "-1.ring", 60);
        Path nameless = left("tournant-x.ring", 60);
        Path other = left("someone-else.ring", 3 * 3600);
        try (RingFile file = RingFile.create(List.of(directory), CAPACITY)) {
            assertThat(file.path().getFileName().toString()).startsWith(ours + "-");
            assertThat(List.of(old, orphan)).noneMatch(Files::exists);
            assertThat(List.of(youngOrphan, held, nameless, other)).allMatch(Files::exists);
        }
    }

    private Path left(String name, int secondsAgo) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
    }

    @Test
    void anInterruptIsToldByWhoMakesAFileAndKeptByWhoOpensOne() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> RingFile.create(List.of(directory), CAPACITY))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        try (RingFile file = RingFile.create(List.of(directory), CAPACITY)) {
            Thread.currentThread().interrupt();
            RingFile.open(file.path(), CAPACITY).close();
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
