package io.tournant.examples.cracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where lines of text come from. It is a few bytes, so that a task carries it in place of the lines, and each JVM that
 * runs tasks reads them for itself.
 */
sealed interface Source extends Serializable {

    /** A resource beside this class. */
    record Shipped(String name) implements Source {

        @Override
        public List<String> lines() throws IOException {
            try (InputStream in = Source.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new FileNotFoundException("No such resource: name=" + name);
                }
                return linesOf(in.readAllBytes());
            }
        }

        @Override
        public String toString() {
            return name + " (shipped)";
        }
    }

    /** A file, by its absolute path, since a worker process may have another working directory. */
    record InFile(String path) implements Source {

        InFile(Path path) {
            this(path.toAbsolutePath().toString());
        }

        @Override
        public List<String> lines() throws IOException {
            return linesOf(Files.readAllBytes(Path.of(path)));
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** Reads the lines that are not empty. */
    List<String> lines() throws IOException;

    private static List<String> linesOf(byte[] text) {
        return new String(text, UTF_8).lines().filter(line -> !line.isEmpty()).toList();
    }
}
