package io.tournant.testkit;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What tasks write down one after the other, wherever they run.
 *
 * @param file the file that they append to
 */
record Journal(String file) implements Serializable {

    /** Writes something down. */
    void add(String entry) {
        try {
            Files.writeString(Path.of(file), entry, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns everything that was written down so far. */
    String text() {
        try {
            return Files.exists(Path.of(file)) ? Files.readString(Path.of(file)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is alone at it: fails if another task does the same at this moment. */
    void alone() {
        try {
            Path lock = Files.createFile(Path.of(file));
            Thread.onSpinWait();
            Files.delete(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
