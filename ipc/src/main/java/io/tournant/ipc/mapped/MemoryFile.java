package io.tournant.ipc.mapped;

import io.tournant.ipc.socket.Leftovers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that are mapped, in memory if possible: how they are made, opened and removed. */
final class MemoryFile {

    /** The modes of such a file. */
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private MemoryFile() {}

    /** Returns a path in a directory that nobody has, and nobody guesses. */
    static Path fresh(Path directory, String suffix) {
        return directory.toAbsolutePath().resolve(Leftovers.freshName() + suffix);
    }

    /** Makes an empty file for its owner alone. */
    static FileChannel create(Path path) throws IOException {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /**
     * Writes zeros to all of an empty file, so that what is mapped is there: a hole in a full file system would be found by
     * whoever touches it first.
     */
    static void fill(Path path, FileChannel channel, long length) throws IOException {
        long room = path.toFile()
                .getUsableSpace(); // asked first: who wants too much is not to fill the memory up; 0 if unknown
        if (room > 0 && room < length) {
            throw new IOException("there is no room: bytes=" + length + " usable=" + room);
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(length, 1 << 16));
        for (long left = length; left > 0; ) {
            left -= channel.write(zeros.clear().limit((int) Math.min(left, zeros.capacity())));
        }
    }

    /** Opens a file that somebody else has made. */
    static FileChannel open(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) { // a FIFO would block
            throw new NoSuchFileException(path.toString(), null, "it is no regular file");
        }
        return FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /** Removes a file; what is mapped of it stays. */
    static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log().warn("A file for shared memory could not be removed: path={}", path, e);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(MemoryFile.class);
    }
}
