package io.tournant.testkit;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Something that happens once, perhaps with a text to it. It is told through a file, so that tasks and tests can wait
 * for each other wherever the tasks run.
 *
 * @param file the file that exists from then on
 */
record Signal(String file) implements Serializable {

    /** Makes it happen. */
    void raise() {
        say("");
    }

    /** Makes it happen with a text. */
    void say(String text) {
        try {
            Path target = Path.of(file);
            Path draft = Files.createTempFile(target.getParent(), "draft", null);
            Files.writeString(draft, text);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE); // whole or not at all
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRaised() {
        return Files.exists(Path.of(file));
    }

    /** Waits for it. */
    void await() throws InterruptedException {
        Poll.until(file, this::isRaised);
    }

    /** Waits for it, whatever interrupts. */
    void awaitIgnoringInterrupts() {
        Poll.untilIgnoringInterrupts(file, this::isRaised);
    }

    /** Waits for it and returns the text. */
    String text() throws InterruptedException {
        await();
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A task's body: says that it has started, and goes on until it is released or interrupted. */
    String hold(Signal release) throws InterruptedException {
        raise();
        release.await();
        return "released";
    }

    /** A task's body: says that it has started, and goes on until it is released. */
    String holdIgnoringInterrupts(Signal release) {
        raise();
        release.awaitIgnoringInterrupts();
        return "released";
    }
}
