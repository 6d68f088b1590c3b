package io.tournant.ipc.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Limits of the kernel and of this process, for messages that say which was reached. */
public final class Limits {

    private static final Path KERNEL = Path.of("/proc/sys/fs");
    private static final Path PROCESS = Path.of("/proc/self/limits");
    private static final String UNKNOWN = "unknown";

    private Limits() {}

    /**
     * Returns a limit of the kernel.
     *
     * @param name of the form {@code pipe-max-size}, where it is below {@code /proc/sys/fs}
     * @return its value, or unknown
     */
    public static String ofKernel(String name) {
        try {
            return Files.readString(KERNEL.resolve(name)).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /**
     * Returns a soft limit of this process.
     *
     * @param name of the form {@code Max open files}
     * @return its value, for example {@code 819200}, or unknown
     */
    public static String ofProcess(String name) {
        try {
            return Files.readAllLines(PROCESS).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
