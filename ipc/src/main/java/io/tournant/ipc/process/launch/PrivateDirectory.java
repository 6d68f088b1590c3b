package io.tournant.ipc.process.launch;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that only this user may enter. Its owner holds a lock on a file in it for as long as it lives, so that a later
 * process can tell what is left over.
 */
final class PrivateDirectory implements AutoCloseable {
    /*
     * Overview   The lock file is opened once: a lock is lost when any channel of the process on that file is closed. So
     *            a sweep leaves out the directories of this process, which it knows by the pid in their names. Where two
     *            processes of one pid share a directory for temporary files, as containers may, neither sweeps the other's.
     */
    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);
    private static final String PREFIX = "tournant-worker-";
    private static final String LOCK = "owner";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final FileChannel lock;

    private PrivateDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one in the directory for temporary files. */
    static PrivateDirectory create() throws IOException {
        Path path;
        try {
            path = Files.createTempDirectory(prefixOf(ProcessHandle.current().pid()), OWNER_ONLY);
        } catch (IOException e) {
            throw new IOException(
                    "No private directory could be made. Set java.io.tmpdir to a directory that exists and may be written to."
                            + " java.io.tmpdir=" + System.getProperty("java.io.tmpdir") + " cause=" + e,
                    e);
        }
        FileChannel lock = FileChannel.open(path.resolve(LOCK), CREATE_NEW, WRITE);
        lock.lock();
        return new PrivateDirectory(path, lock);
    }

    private static String prefixOf(long pid) {
        return PREFIX + pid + "-";
    }

    Path path() {
        return path;
    }

    /** Deletes the directory and what is in it. */
    @Override
    public void close() {
        try (lock) {
            delete(path);
        } catch (IOException e) {
            LOG.warn("A private directory could not be deleted; a later process will try again. path={}", path, e);
        }
    }

    /** Deletes the directories of this user whose owners are gone. What cannot be looked at is left alone. */
    void sweep() {
        Path parent = Objects.requireNonNull(path.getParent());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path entry : entries) {
                sweep(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("The directories of earlier processes could not be looked through. directory={}", parent, e);
        }
    }

    private void sweep(Path entry) {
        String own = prefixOf(ProcessHandle.current().pid());
        try {
            boolean mine = Files.isDirectory(entry, NOFOLLOW_LINKS)
                    && Files.getOwner(entry).equals(Files.getOwner(path));
            if (mine && !entry.getFileName().toString().startsWith(own) && isOwnerGone(entry)) {
                delete(entry);
            }
        } catch (IOException | UncheckedIOException e) { // another process sweeps as well
            LOG.debug("A directory of an earlier process could not be removed. path={}", entry, e);
        }
    }

    /** A directory whose lock file is not there is being made. */
    private static boolean isOwnerGone(Path entry) throws IOException {
        try (FileChannel file = FileChannel.open(entry.resolve(LOCK), WRITE, NOFOLLOW_LINKS);
                FileLock taken = file.tryLock()) {
            return taken != null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) { // what the walk meets
            throw e.getCause();
        }
    }
}
