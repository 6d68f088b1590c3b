package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.socket.Places;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String PREFIX = "tournant-";
    private static final String SUFFIX = ".ring";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(?<pid>\\d{1,18})-.*");

    /** No greeting takes longer. */
    private static final Duration OLD = Duration.ofHours(1);

    /** Within this time who made a file may be one whom this process cannot see, in another container. */
    private static final Duration YOUNG = Duration.ofSeconds(30);

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
            sweep(directory);
            return create(fresh(directory), capacity);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    /** Removes what those have left who died before they were answered: a file has a name for as long as a greeting takes. */
    private static void sweep(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                Instant made = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                Duration age = Duration.between(made, Instant.now());
                if (age.compareTo(OLD) > 0 || (age.compareTo(YOUNG) > 0 && isOrphan(file))) {
                    remove(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) { // somebody else sweeps it, or nobody may
            log().debug("A directory was not swept. directory={}", directory, e);
        }
    }

    /** Returns whether the name of a file says who made it, and no such process is there. */
    private static boolean isOrphan(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group("pid"))).isEmpty();
    }

    private static Path fresh(Path directory) {
        return directory
                .toAbsolutePath()
                .resolve(PREFIX + ProcessHandle.current().pid() + "-" + random() + SUFFIX);
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
