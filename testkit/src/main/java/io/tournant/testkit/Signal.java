package io.tournant.testkit;

import io.tournant.core.TaskContext;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

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
            try (OutputStream out = new FileOutputStream(draft.toFile())) { // unlike a channel, whatever interrupts
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
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

    /** Waits for it and returns the text. */
    String text() throws InterruptedException {
        await();
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ------------------------------------------------------------------ bodies of tasks

    /** How long a task waits: longer than any test, which therefore never takes a task's impatience for its end. */
    private static Duration taskPatience() {
        return Poll.patience().multipliedBy(4);
    }

    /** Says that the task has started, and goes on until it is released or interrupted. */
    String hold(Signal release) throws InterruptedException {
        raise();
        Poll.until(release.file, release::isRaised, taskPatience());
        if (Thread.interrupted()) { // who finds the signal raised already has not looked
            throw new InterruptedException();
        }
        return "released";
    }

    /** Says that the task has started, goes on until it is released or interrupted, and tells the latter. */
    String hold(Signal release, Signal interrupted) throws InterruptedException {
        try {
            return hold(release);
        } catch (InterruptedException e) {
            interrupted.raise();
            throw e;
        }
    }

    /** Says that the task has started, and goes on until it is released. */
    String holdIgnoringInterrupts(Signal release) {
        raise();
        release.awaitIgnoringInterrupts();
        return "released";
    }

    /** Waits for it, whatever interrupts. */
    void awaitIgnoringInterrupts() {
        Poll.untilIgnoringInterrupts(file, this::isRaised, taskPatience());
    }

    /** Waits until the task that runs here is cancelled, whatever interrupts. */
    static void awaitCancellation() {
        Poll.untilIgnoringInterrupts("cancellation", TaskContext.current()::isCancelled, taskPatience());
    }
}
