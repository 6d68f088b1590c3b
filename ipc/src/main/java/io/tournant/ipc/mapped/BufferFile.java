package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.socket.Leftovers;
import io.tournant.ipc.socket.PeerUser;
import io.tournant.ipc.socket.Places;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** The file of a shared buffer, as long as somebody in this process holds it. */
public final class BufferFile {
    /*
     * Overview   The kernel knows who holds a buffer: every process that does has a shared lock on its file, which goes with
     *            the process, however that ends. Who gets the exclusive lock knows that nobody holds it, and removes it.
     *            ipc/DESIGN.md, section 9, shows that opening and removing agree.
     *            Such a lock is the process's, and is lost when *any* channel of the process on the file is closed. So a
     *            file is open at most once in this JVM. A claim on its name sees to that, which copies of this class share
     *            that other class loaders have made. Since an interrupt, too, would close the channel, whatever uses it is
     *            Undisturbed; locking and closing can not be interrupted.
     *
     * States     open -> held: shared lock, then a look whether the file still has its name
     *            held -> held: another holder in this process, or one fewer
     *            held -> free: the last holder's release; removed if no other process has a lock
     *
     * Fields     holders   guarded by HELD
     */
    private static final Map<String, BufferFile> HELD = new HashMap<>();

    private static final String SUFFIX = ".buffer";
    private static final Pattern NAME = Pattern.compile(Leftovers.FRESH + Pattern.quote(SUFFIX));
    private static final String CLAIM = "io.tournant.ipc.held.";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final long length;
    private int holders;

    private BufferFile(Path path, FileChannel channel, FileLock lock, long length) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.length = length;
    }

    /**
     * Tells whether a file of a buffer may have a name.
     *
     * @param name any text
     * @return whether it has the form of those that are made here
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    // ------------------------------------------------------------------ made

    /**
     * Makes a file in the first of several directories where that works, and holds it. Removes what the dead have left there.
     *
     * @param directories where, in this order
     * @param length the bytes of the buffer, all of them zero
     * @return the file, held once
     * @throws ChannelException.Unavailable if it works nowhere
     */
    public static BufferFile create(List<Path> directories, long length) throws ChannelException.Unavailable {
        return Places.first(
                directories,
                directory -> createIn(directory, length),
                "No file could be made for a shared buffer; make room in the first of these directories, or set"
                        + " java.io.tmpdir to one with room: length=" + length);
    }

    private static BufferFile createIn(Path directory, long length) throws IOException {
        Leftovers.sweepUnheld(directory, SUFFIX, BufferFile::removeUnheld);
        Path path = MemoryFile.fresh(directory, SUFFIX);
        claim(path);
        BufferFile file = null;
        try {
            file = fill(path, MemoryFile.create(path), length);
            return file.held();
        } finally {
            if (file == null) {
                disclaim(path);
            }
        }
    }

    private static BufferFile fill(Path path, FileChannel channel, long length) throws IOException {
        try {
            var file = new BufferFile(path, channel, lock(path, keyOf(path), channel), length);
            MemoryFile.fill(path, channel, SharedBufferLayout.BYTES_OFFSET + length);
            SharedBufferLayout.write(channel, length);
            return file;
        } catch (IOException | RuntimeException e) {
            MemoryFile.remove(path);
            channel.close();
            throw e;
        }
    }

    // ------------------------------------------------------------------ opened

    /**
     * Holds a file that some process has made.
     *
     * @param directories where it may be
     * @param name its name
     * @return the file, held once more
     * @throws ChannelException.Gone if it is not there any more
     * @throws ChannelException.Corrupt if it is no file of a buffer
     * @throws ChannelException.Unavailable if it can not be opened
     */
    public static BufferFile open(List<Path> directories, String name) throws ChannelException {
        synchronized (HELD) {
            BufferFile file = HELD.get(name);
            return (file == null ? openFirst(directories, name) : file).held();
        }
    }

    private static BufferFile openFirst(List<Path> directories, String name) throws ChannelException {
        Path path = directories.stream()
                .map(directory -> directory.toAbsolutePath().resolve(name))
                .filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow(() -> gone(name, directories));
        if (!claim(path)) {
            throw new ChannelException.Unavailable(
                    "Another copy of this library in this JVM holds the shared buffer, or makes it; hand its segment over, or"
                            + " load the library once: path=" + path,
                    null);
        }
        BufferFile file = null;
        try {
            file = open(path);
            return file;
        } catch (NoSuchFileException e) {
            throw gone(name, directories);
        } catch (ChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new ChannelException.Unavailable("The shared buffer could not be opened: path=" + path, e);
        } finally {
            if (file == null) {
                disclaim(path);
            }
        }
    }

    private static ChannelException.Gone gone(String name, List<Path> directories) {
        return new ChannelException.Gone(
                "The shared buffer is gone: who held it has closed it, or is dead. Keep a buffer"
                        + " open until the other side has opened it. name=" + name + " lookedIn=" + directories);
    }

    private static BufferFile open(Path path) throws IOException {
        Object key = check(path);
        FileChannel channel = MemoryFile.open(path);
        try {
            FileLock lock = lock(path, key, channel);
            return new BufferFile(path, channel, lock, SharedBufferLayout.read(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns what tells the file from all others, if it is one that this user has for itself. */
    private static Object check(Path path) throws IOException {
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean ours = found.isRegularFile()
                && found.permissions().equals(MemoryFile.OWNER_ONLY)
                && PeerUser.isOurs(found.owner());
        if (!ours) {
            throw new ChannelException.Corrupt("This is no file that this user has for itself: path=" + path);
        }
        return found.fileKey();
    }

    private static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Takes the shared lock. Who has the exclusive one removes the file, or has removed it. */
    private static FileLock lock(Path path, Object key, FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock(0, 1, true);
        if (lock == null || !keyOf(path).equals(key)) {
            throw new NoSuchFileException(path.toString());
        }
        return lock;
    }

    private BufferFile held() {
        synchronized (HELD) {
            holders++;
            HELD.put(name(), this);
            return this;
        }
    }

    // ------------------------------------------------------------------ held

    /**
     * Returns the name of the file.
     *
     * @return without directories
     */
    public String name() {
        return nameOf(path);
    }

    /**
     * Returns how long the buffer is.
     *
     * @return a number of bytes
     */
    public long length() {
        return length;
    }

    /**
     * Maps the bytes of the buffer.
     *
     * @param arena until when
     * @return all of them
     * @throws ChannelException.Unavailable if the operating system refuses
     */
    public MemorySegment map(Arena arena) throws ChannelException.Unavailable {
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, SharedBufferLayout.BYTES_OFFSET, length, arena);
        } catch (IOException e) {
            throw new ChannelException.Unavailable("The shared buffer could not be mapped: length=" + length, e);
        }
    }

    // ------------------------------------------------------------------ removed

    /** Holds the file once less. The last holder of all removes it. */
    public void release() {
        synchronized (HELD) {
            holders--;
            if (holders == 0) {
                HELD.remove(name());
                free();
            }
        }
    }

    private void free() {
        try (channel) {
            lock.release();
            removeIfUnheld(path, channel);
        } catch (IOException e) {
            LoggerFactory.getLogger(BufferFile.class)
                    .warn(
                            "The file of a shared buffer could not be removed; a later process will try. path={}",
                            path,
                            e);
        } finally {
            disclaim(path);
        }
    }

    /** Removes what the dead have left. */
    private static void removeUnheld(Path leftover) throws IOException {
        synchronized (HELD) {
            if (isName(nameOf(leftover)) && claim(leftover)) { // else it is held in this JVM
                try {
                    check(leftover);
                    try (FileChannel channel = MemoryFile.open(leftover)) {
                        removeIfUnheld(leftover, channel);
                    }
                } finally {
                    disclaim(leftover);
                }
            }
        }
    }

    private static void removeIfUnheld(Path path, FileChannel channel) throws IOException {
        if (channel.tryLock(0, 1, false) != null) {
            Files.deleteIfExists(path);
        }
    }

    // ------------------------------------------------------------------ claimed

    /** Returns whether nobody in this JVM had claimed the file. */
    private static boolean claim(Path path) {
        return System.getProperties().putIfAbsent(CLAIM + nameOf(path), "") == null;
    }

    private static void disclaim(Path path) {
        System.getProperties().remove(CLAIM + nameOf(path));
    }

    private static String nameOf(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }
}
