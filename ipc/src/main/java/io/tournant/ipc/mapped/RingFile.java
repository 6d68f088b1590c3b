package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.socket.Leftovers;
import io.tournant.ipc.socket.Medium;
import io.tournant.ipc.socket.PathOfferLayout;
import io.tournant.ipc.socket.Places;
import io.tournant.ipc.stream.Link;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with two rings that is mapped into this process. */
final class RingFile implements Medium.Side {
    /*
     * Overview   Made by the connecting side. Each side removes the file when it has mapped it, or knows that the other
     *            cannot.
     */
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final String SUFFIX = ".ring";

    private final Path path;
    private final int capacity;
    private final boolean made;
    private final Arena arena;
    private final MemorySegment bytes;

    private RingFile(Path path, int capacity, boolean made, FileChannel channel) throws IOException {
        this.path = path;
        this.capacity = capacity;
        this.made = made;
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
            Leftovers.sweep(directory, SUFFIX, MemoryFile::remove);
            return create(MemoryFile.fresh(directory, SUFFIX), capacity);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    private static RingFile create(Path path, int capacity) throws IOException {
        if (!PathOfferLayout.fits(path)) {
            throw new IOException("the path of a file there is too long");
        }
        try (FileChannel channel = MemoryFile.create(path)) {
            try {
                return fill(path, capacity, channel);
            } catch (IOException | RuntimeException | Error e) {
                MemoryFile.remove(path);
                throw e;
            }
        }
    }

    private static RingFile fill(Path path, int capacity, FileChannel channel) throws IOException {
        MemoryFile.fill(path, channel, RingLayout.length(capacity));
        var file = new RingFile(path, capacity, true, channel);
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
        try (FileChannel channel = MemoryFile.open(path)) {
            if (!RingLayout.isCapacity(capacity) || channel.size() != RingLayout.length(capacity)) {
                throw new IOException("The file of the rings has another length: path=" + path + " capacity=" + capacity
                        + " length=" + channel.size());
            }
            var file = new RingFile(path, capacity, false, channel);
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
            if (!isOne(bytes, capacity)) {
                throw new IOException("The file holds no rings of this version: path=" + path);
            }
        } catch (InternalError e) {
            throw new IOException("The file of the rings was cut short: path=" + path, e);
        }
    }

    /** Tells whether a file that is as long as its capacity asks for begins as one of rings does. */
    static boolean isOne(MemorySegment file, int capacity) {
        return file.get(LONG, RingLayout.MAGIC_OFFSET) == RingLayout.MAGIC
                && file.get(INT, RingLayout.VERSION_OFFSET) == RingLayout.VERSION
                && file.get(INT, RingLayout.CAPACITY_OFFSET) == capacity;
    }

    Path path() {
        return path;
    }

    int capacity() {
        return capacity;
    }

    /** The ring from the connecting to the listening side. */
    Direction there() {
        return new Direction(bytes, RingLayout.THERE_OFFSET, RingLayout.BYTES_OFFSET, capacity);
    }

    /** The ring from the listening to the connecting side. */
    Direction back() {
        return new Direction(bytes, RingLayout.BACK_OFFSET, RingLayout.BYTES_OFFSET + (long) capacity, capacity);
    }

    /** One of the two rings: where its words and its bytes are. Each side writes or reads there, once. */
    record Direction(MemorySegment file, long words, long start, int capacity) {

        RingWriter writer() {
            return new RingWriter(file, words, start, capacity);
        }

        RingReader reader(int maxMessageLength) {
            return new RingReader(file, words, start, capacity, maxMessageLength);
        }

        SleepFlag readerSleeps() {
            return new SleepFlag(file, words + RingLayout.READER_SLEEPS);
        }

        SleepFlag writerSleeps() {
            return new SleepFlag(file, words + RingLayout.WRITER_SLEEPS);
        }
    }

    @Override
    public ByteBuffer offer() {
        return PathOfferLayout.write(path, capacity);
    }

    @Override
    public Link link(SocketChannel socket, int maxMessageLength) throws IOException {
        Direction in = made ? back() : there();
        Direction out = made ? there() : back();
        try {
            return new RingLink(this, in, out, maxMessageLength, Bell.of(socket));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void removeNames() {
        MemoryFile.remove(path);
    }

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

    private static Logger log() {
        return LoggerFactory.getLogger(RingFile.class);
    }
}
