package io.tournant.ipc.process.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that only this user may enter, named after this process, so that a later one can tell it is left over. */
final class PrivateDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);
    private static final Pattern NAME = Pattern.compile("tournant-(\\d+)-(\\d+)-.*");

    private final Path path;

    private PrivateDirectory(Path path) {
        this.path = path;
    }

    /** Makes one in the directory for temporary files. */
    static PrivateDirectory create() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        String prefix = "tournant-" + self.pid() + "-" + startMillis(self) + "-";
        return new PrivateDirectory(Files.createTempDirectory(
                prefix, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    Path path() {
        return path;
    }

    /** Deletes the directory and what is in it. */
    @Override
    public void close() {
        delete(path);
    }

    /** Deletes the directories of processes of this user that are gone. */
    static void sweep() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, "tournant-*")) {
            for (Path entry : entries) {
                if (isLeftOver(entry)) {
                    delete(entry);
                }
            }
        } catch (IOException e) {
            LOG.debug("The directories of earlier processes could not be looked through. directory={}", parent, e);
        }
    }

    private static boolean isLeftOver(Path entry) throws IOException {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        if (!name.matches() || !Files.isDirectory(entry, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.getOwner(entry).equals(Files.getOwner(Path.of(System.getProperty("user.home"))))) {
            return false;
        }
        Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(name.group(1)));
        return owner.isEmpty() || startMillis(owner.get()) != Long.parseLong(name.group(2));
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("A private directory could not be deleted; the next process will try again. path={}", directory, e);
        }
    }
}
