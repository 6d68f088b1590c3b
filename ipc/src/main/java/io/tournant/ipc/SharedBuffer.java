package io.tournant.ipc;

import io.tournant.ipc.mapped.BufferFile;
import io.tournant.ipc.mapped.MappedMedium;
import io.tournant.ipc.mapped.SharedBufferLayout;
import io.tournant.ipc.mapped.Undisturbed;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Memory that several processes of one user share: data of any size that is not copied, and counters. One process allocates
 * it; others open it by its {@link #handle()}, which is {@link Serializable} and has a textual form. It needs no native
 * access.
 *
 * <h2>Life cycle</h2>
 *
 * A buffer lives as long as some process holds it, which is from {@link #allocate} or {@link #open} to {@link #close()} or the
 * end of the process, however that comes about. Who closes it last frees it. If the last holder dies instead, the buffer is
 * freed by the next process of this user that allocates one, half a minute later or more.
 *
 * <p>A handle holds nothing. Keep a buffer open until those who got its handle have opened it: they say so in their answer, or
 * a {@link #cell} counts them; a task's result tells that the task has. Who comes too late gets {@link ChannelException.Gone}.
 * So a result goes into a buffer that the one who wants it has allocated.
 *
 * <p>A buffer that is not closed and no longer reachable is closed, with a warning. Its {@link #segment()} does not keep it
 * reachable; {@code try}-with-resources does.
 *
 * <h2>Errors</h2>
 *
 * All memory is there from the beginning, so that a file system that is full shows when a buffer is allocated. If somebody cuts
 * the file short, whoever then touches what is missing gets an {@link InternalError}, and the JVM goes on. Do not hand the
 * segment to native code, which would end with the JVM.
 *
 * <h2>Thread safety</h2>
 *
 * All methods may be called by any thread; the segment is confined to none. None is interruptible. Which bytes are whose at what
 * time is for the users to say, by a {@link #cell}, a message or a task's submission and result.
 *
 * @implNote The bytes are in a file in {@code /dev/shm}, or else in {@code $XDG_RUNTIME_DIR}, the temporary directory or
 *     {@code /tmp}, which only this user may open. Holders have locks on it. Two copies of this library in one JVM, of
 *     different class loaders, can not hold the same buffer.
 */
public final class SharedBuffer implements AutoCloseable {

    /** The greatest length of a buffer in bytes: 1 TiB. */
    public static final long MAX_LENGTH = SharedBufferLayout.MAX_LENGTH;

    private static final Cleaner CLEANER = Cleaner.create();

    private final Hold hold;
    private final Cleaner.Cleanable forgotten;

    private SharedBuffer(Hold hold) {
        this.hold = hold;
        forgotten = CLEANER.register(this, hold::forgotten);
    }

    /**
     * Allocates a buffer, filled with zeros. This takes as long as writing them.
     *
     * @param length how many bytes, 1 to {@link #MAX_LENGTH}
     * @return the buffer; close it
     * @throws IllegalArgumentException if the length is out of range
     * @throws ChannelException.Unavailable if there is no room, or no place for such a file; the message names what was tried
     * @throws ChannelException if it fails otherwise
     */
    public static SharedBuffer allocate(long length) throws ChannelException {
        return allocate(MappedMedium.defaultDirectories(), length);
    }

    static SharedBuffer allocate(List<Path> directories, long length) throws ChannelException {
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The length of a shared buffer lies between 1 and " + MAX_LENGTH + " bytes: length=" + length);
        }
        return Undisturbed.call(() -> new SharedBuffer(Hold.of(BufferFile.create(directories, length))));
    }

    /**
     * Opens a buffer that this or another process has allocated and somebody still holds.
     *
     * @param handle the handle of the buffer
     * @return the buffer; close it
     * @throws ChannelException.Gone if nobody holds it any more
     * @throws ChannelException.Corrupt if the handle names something else
     * @throws ChannelException.Unavailable if it can not be opened or mapped; the message says why
     * @throws ChannelException if it fails otherwise
     */
    public static SharedBuffer open(Handle handle) throws ChannelException {
        return open(MappedMedium.defaultDirectories(), handle);
    }

    static SharedBuffer open(List<Path> directories, Handle handle) throws ChannelException {
        return Undisturbed.call(() -> new SharedBuffer(Hold.of(BufferFile.open(directories, handle.name()))));
    }

    /**
     * Returns what other processes open the buffer by.
     *
     * @return a handle, also of a buffer that was closed
     */
    public Handle handle() {
        return new Handle(hold.file.name());
    }

    /**
     * Returns how long the buffer is.
     *
     * @return a number of bytes
     */
    public long length() {
        return hold.file.length();
    }

    /**
     * Returns the bytes.
     *
     * @return all of them; any access after {@link #close()} throws {@link IllegalStateException}
     */
    public MemorySegment segment() {
        return hold.bytes;
    }

    /**
     * Returns eight of the bytes as a number for all processes to change, in the byte order of the machine.
     *
     * @param offset where it begins, a multiple of 8
     * @return the number as it is there; whoever asks for the same offset gets the same number
     * @throws IllegalArgumentException if the offset is no multiple of 8
     * @throws IndexOutOfBoundsException if the eight bytes are not within the buffer
     */
    public SharedLong cell(long offset) {
        if (offset < 0 || offset > length() - Long.BYTES) {
            throw new IndexOutOfBoundsException(
                    "A cell has 8 bytes, which must lie within the buffer: offset=" + offset + " length=" + length());
        }
        if (offset % Long.BYTES != 0) {
            throw new IllegalArgumentException("The offset of a cell is a multiple of 8: offset=" + offset);
        }
        return new SharedLong(segment(), offset);
    }

    /**
     * Lets go of the buffer. If nobody else holds it, in any process, its memory is free. Does nothing if it is closed already.
     *
     * @throws IllegalStateException if an operation that the JDK does not end keeps the segment, such as asynchronous input;
     *     the buffer is as it was
     */
    @Override
    public void close() {
        try {
            hold.end();
            forgotten.clean();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Returns the handle and the length as text. */
    @Override
    public String toString() {
        return "SharedBuffer[handle=" + handle() + ", length=" + length() + "]";
    }

    /**
     * The name of a buffer. It may be sent in any way, to any process of the same user on the same machine that sees the same
     * {@code /dev/shm}; others can do nothing with it.
     *
     * @param name the name of the file, which names nothing but a file of a buffer in the directories where these are
     */
    public record Handle(String name) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private static final String SCHEME = "shm:";

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if no buffer has a name of that form
         */
        public Handle {
            if (!BufferFile.isName(name)) {
                throw new IllegalArgumentException("This is no name of a shared buffer: name=" + name);
            }
        }

        /**
         * Reads a handle from its text.
         *
         * @param text what {@link #toString()} gave
         * @return the handle
         * @throws IllegalArgumentException if the text has another form
         */
        public static Handle parse(String text) {
            if (!text.startsWith(SCHEME)) {
                throw new IllegalArgumentException(
                        "The handle of a shared buffer begins with " + SCHEME + ": handle=" + text);
            }
            return new Handle(text.substring(SCHEME.length()));
        }

        /**
         * Opens the buffer, as {@link SharedBuffer#open}.
         *
         * @return the buffer; close it
         * @throws ChannelException as there
         */
        public SharedBuffer open() throws ChannelException {
            return SharedBuffer.open(this);
        }

        /** Returns the text that {@link #parse} reads; fit for a command line. */
        @Override
        public String toString() {
            return SCHEME + name;
        }
    }

    /** What there is to give back. It does not refer to the buffer, so that one that nobody closes can be found out. */
    private static final class Hold {

        private final BufferFile file;
        private final Arena arena = Arena.ofShared();
        private final MemorySegment bytes;

        private Hold(BufferFile file) throws ChannelException {
            this.file = file;
            bytes = file.map(arena);
        }

        static Hold of(BufferFile file) throws ChannelException {
            try {
                return new Hold(file);
            } catch (ChannelException | RuntimeException e) {
                file.release();
                throw e;
            }
        }

        /** Returns false if it had ended before. */
        synchronized boolean end() {
            if (!arena.scope().isAlive()) {
                return false;
            }
            arena.close();
            file.release();
            return true;
        }

        void forgotten() {
            if (end()) {
                LoggerFactory.getLogger(SharedBuffer.class)
                        .warn("A shared buffer that nobody closed was closed. name={}", file.name());
            }
        }
    }
}
