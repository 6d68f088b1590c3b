package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.socket.Leftovers;
import io.tournant.ipc.socket.Places;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with two rings that is mapped into this process. */
final class RingFile implements AutoCloseable {
    /*
     * Overview   Made by the connecting side, zeros written to all of it, so that what is mapped is there: a hole in a full
     *            file system would be found by whoever touches it first. Each side removes the file when it has mapped it,
     *            or knows that the other cannot.
     */
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final String SUFFIX = ".ring";

    private final Path path;
    private final int capacity;
    private final Arena arena;
    private final MemorySegment bytes;

    private RingFile(Path path, int capacity, FileChannel channel) throws IOException {
        this.path = path;
        this.capacity = capacity;
        arena = Arena.ofShared();
        try {
            bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.length(capacity), arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Makes a file in the first of several directories where that works. */
    static RingFile create(List<Path> directories, int capacity)
            throws ChannelException.Unavailable, InterruptedException {
        return Places.first(
                directories,
                directory -> createIn(directory, capacity),
                "No file could be made for shared memory; name a directory with MappedFile.withDirectories, or use"
                        + " Unix-domain sockets: bytes=" + RingLayout.length(capacity));
    }

    private static RingFile createIn(Path directory, int capacity) throws IOException, InterruptedException {
        try {
            Leftovers.sweep(directory, SUFFIX, RingFile::remove);
            return create(fresh(directory), capacity);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    private static Path fresh(Path directory) {
        return directory
                .toAbsolutePath()
                .resolve(Leftovers.PREFIX + ProcessHandle.current().pid() + "-" + random() + SUFFIX);
    }

    private static RingFile create(Path path, int capacity) throws IOException {
        if (!OfferLayout.fits(path)) {
            throw new IOException("the path of a file there is too long");
        }
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            try {
                return fill(path, capacity, channel);
            } catch (IOException | RuntimeException e) {
                remove(path);
                throw e;
            }
        }
    }

    private static RingFile fill(Path path, int capacity, FileChannel channel) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 16);
        for (long left = RingLayout.length(capacity); left > 0; ) {
            left -= channel.write(zeros.clear().limit((int) Math.min(left, zeros.capacity())));
        }
        var file = new RingFile(path, capacity, channel);
        file.bytes.set(LONG, RingLayout.MAGIC_OFFSET, RingLayout.MAGIC);
        file.bytes.set(INT, RingLayout.VERSION_OFFSET, RingLayout.VERSION);
        file.bytes.set(INT, RingLayout.CAPACITY_OFFSET, capacity);
        return file;
    }

    /** Maps a file that the other side has made. An interrupt of the calling thread is kept for whoever waits. */
    static RingFile open(Path path, int capacity) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return openOnce(path, capacity);
        } catch (ClosedByInterruptException e) {
            interrupted |= Thread.interrupted();
            return openOnce(path, capacity);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RingFile openOnce(Path path, int capacity) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) { // a FIFO would block
            throw new NoSuchFileException(path.toString(), null, "it is no regular file");
        }
        try (FileChannel channel = FileChannel.open(path, options)) {
            if (!RingLayout.isCapacity(capacity) || channel.size() != RingLayout.length(capacity)) {
                throw new IOException("The file of the rings has another length: path=" + path + " capacity=" + capacity
                        + " length=" + channel.size());
            }
            var file = new RingFile(path, capacity, channel);
            try {
                file.check();
                return file;
            } catch (IOException e) {
                file.close();
                throw e;
            }
        }
    }

    private void check() throws IOException {
        try {
            boolean ours = bytes.get(LONG, RingLayout.MAGIC_OFFSET) == RingLayout.MAGIC
                    && bytes.get(INT, RingLayout.VERSION_OFFSET) == RingLayout.VERSION
                    && bytes.get(INT, RingLayout.CAPACITY_OFFSET) == capacity;
            if (!ours) {
                throw new IOException("The file holds no rings of this version: path=" + path);
            }
        } catch (InternalError e) {
            throw new IOException("The file of the rings was cut short: path=" + path, e);
        }
    }

    Path path() {
        return path;
    }

    int capacity() {
        return capacity;
    }

    /** The ring from the connecting to the listening side. */
    ByteRing there() {
        return new ByteRing(bytes, RingLayout.THERE_OFFSET, RingLayout.BYTES_OFFSET, capacity);
    }

    /** The ring from the listening to the connecting side. */
    ByteRing back() {
        return new ByteRing(bytes, RingLayout.BACK_OFFSET, RingLayout.BYTES_OFFSET + (long) capacity, capacity);
    }

    /** Removes the file; what is mapped stays. */
    void remove() {
        remove(path);
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log().warn("A file for shared memory could not be removed: path={}", path, e);
        }
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            try {
                arena.close();
            } catch (IllegalStateException e) {
                log().debug("Somebody else closes it.", e);
            }
        }
    }

    private static String random() {
        var bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(RingFile.class);
    }
}
