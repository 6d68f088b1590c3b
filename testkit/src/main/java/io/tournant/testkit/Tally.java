package io.tournant.testkit;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A count kept as the length of a file, so that tasks can add to it wherever they run.
 *
 * @param file the file, one byte longer for each
 */
record Tally(String file) implements Serializable {

    void add() {
        try {
            Files.write(Path.of(file), new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits inside a task, whatever interrupts, until something was added. */
    void awaitOne() {
        Poll.untilIgnoringInterrupts(file, () -> count() > 0, Poll.patience());
    }

    long count() {
        try {
            Path path = Path.of(file);
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
