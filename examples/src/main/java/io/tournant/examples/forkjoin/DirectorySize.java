package io.tournant.examples.forkjoin;

import io.tournant.pool.ForkTask;
import io.tournant.pool.WorkStealingPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The bytes in the files of a directory tree: a task for each directory forks one for each directory in it. */
public final class DirectorySize {

    private DirectorySize() {}

    // @start region=forkJoin
    static final class SizeOf extends ForkTask<Long> {

        private final Path directory;

        SizeOf(Path directory) {
            this.directory = directory;
        }

        @Override
        protected Long compute() {
            List<SizeOf> parts = new ArrayList<>();
            long size = 0;
            for (Path entry : list(directory)) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    parts.add(new SizeOf(entry));
                } else {
                    size += sizeOf(entry);
                }
            }
            for (SizeOf part : invokeAll(parts)) {
                size += part.join();
            }
            return size;
        }
    }

    static long measure(Path directory) {
        try (WorkStealingPool pool = WorkStealingPool.ofDefaults()) {
            return pool.invoke(new SizeOf(directory));
        }
    }
    // @end

    /**
     * Prints the size of a directory tree.
     *
     * @param arguments the directory, or nothing for the current one
     */
    public static void main(String... arguments) {
        Path directory = Path.of(arguments.length == 0 ? "." : arguments[0]);
        System.out.printf("%,d bytes in %s%n", measure(directory), directory);
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
