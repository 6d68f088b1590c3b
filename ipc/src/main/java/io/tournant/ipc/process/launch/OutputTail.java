package io.tournant.ipc.process.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a worker prints, line by line: to the log, and the last lines for a report of its death. */
public final class OutputTail {
    /*
     * Overview   A platform thread reads until the end; a grandchild may keep the pipe open for longer than the worker
     *            lives, so nobody waits for it without a limit. A line that does not end is cut.
     * Fields     lines is guarded by itself
     */
    private static final Logger LOG = LoggerFactory.getLogger("io.tournant.worker");
    private static final int MAX_LINES = 20;
    private static final int MAX_LINE_BYTES = 4096;

    private final String worker;
    private final Thread reader;
    private final Deque<String> lines = new ArrayDeque<>();

    private OutputTail(String worker, InputStream output) {
        this.worker = worker;
        reader = Thread.ofPlatform().daemon().name("tournant-output-" + worker).start(() -> readAll(output));
    }

    /** Starts to read the output of a process. */
    static OutputTail of(String worker, Process process) {
        return new OutputTail(worker, process.getInputStream());
    }

    private void readAll(InputStream output) {
        byte[] line = new byte[MAX_LINE_BYTES];
        int length = 0;
        try (InputStream in = new java.io.BufferedInputStream(output)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line[length++] = (byte) b;
                }
                if (b == '\n' || length == MAX_LINE_BYTES) {
                    take(line, length);
                    length = 0;
                }
            }
        } catch (IOException e) {
            LOG.debug("The output of a worker could not be read to its end. worker={}", worker, e);
        }
        if (length > 0) {
            take(line, length);
        }
    }

    private void take(byte[] bytes, int length) {
        String line = printable(new String(bytes, 0, length, StandardCharsets.UTF_8));
        synchronized (lines) {
            if (lines.size() == MAX_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
        try {
            LOG.info("{}: {}", worker, line);
        } catch (RuntimeException e) { // a log that fails must not stop the worker, which would wait to print
            return;
        }
    }

    /** Leaves nothing in a line that could pass for a line of ours, or steer a terminal. */
    private static String printable(String line) {
        return line.strip().codePoints().allMatch(c -> c == '\t' || !Character.isISOControl(c))
                ? line.stripTrailing()
                : line.stripTrailing().replaceAll("[\\p{Cntrl}&&[^\\t]]", "?");
    }

    /** Returns the last lines, after the end of the output or a short wait, whichever is first. */
    public String lastLines(Duration wait) throws InterruptedException {
        reader.join(wait);
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }
}
