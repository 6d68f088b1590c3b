package io.tournant.ipc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.ipc.mapped.MappedMedium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the operating system says of shared buffers. */
final class BufferFacts {

    private static final Path LOCKS = Path.of("/proc/locks");

    private BufferFacts() {}

    /** Where the file of a buffer is, or would be. */
    static Path file(SharedBuffer.Handle handle) {
        List<Path> places = MappedMedium.defaultDirectories().stream()
                .map(directory -> directory.resolve(handle.name()))
                .toList();
        return places.stream().filter(Files::exists).findFirst().orElse(places.getFirst());
    }

    /** How many processes have a lock on a file. */
    static long locks(Path file) throws IOException {
        assumeTrue(Files.isReadable(LOCKS), "the kernel shows locks");
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " 0 0";
        try (Stream<String> lines = Files.lines(LOCKS)) {
            return lines.filter(line -> line.endsWith(inode)).count();
        }
    }

    /** Lets a file look as if it had not been touched for an hour. */
    static void age(Path file) throws Exception {
        run("touch", "-d", "1 hour ago", file.toString());
    }

    /** Copies a file with its modes, but not its age. */
    static Path copy(Path file, Path target) throws Exception {
        run("cp", file.toString(), target.toString());
        return target;
    }

    /** What opens a file is done by another process: this one would lose its lock with the descriptor. */
    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + List.of(command));
        }
    }

    /** How many descriptors of this process are open, and how many mappings it has, of files of buffers. */
    static long open() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "descriptors and mappings can be counted");
        long count = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(".buffer"))
                .count();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return count + descriptors.filter(BufferFacts::isBuffer).count();
        }
    }

    private static boolean isBuffer(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains(".buffer");
        } catch (IOException e) { // closed meanwhile
            return false;
        }
    }
}
