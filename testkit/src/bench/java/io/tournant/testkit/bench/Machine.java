package io.tournant.testkit.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What figures depend on besides the code.
 *
 * @param load how many threads wanted a processor during the last minute, on average; negative if unknown
 * @param stolenSeconds processor time that the host has given to others since it started; negative if unknown
 * @param processors how many there are
 * @param jvm the version of the JVM
 * @param system the operating system and the architecture
 */
public record Machine(double load, double stolenSeconds, int processors, String jvm, String system) {

    /** The column of the first line of {@code /proc/stat}. */
    private static final int STEAL = 8;

    private static final double TICKS_PER_SECOND = 100;

    /** Returns what it is like now. */
    public static Machine now() {
        return new Machine(
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                stolen(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    private static double stolen() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] ticks = lines.findFirst().orElse("").split(" +", -1);
            return Long.parseLong(ticks[STEAL]) / TICKS_PER_SECOND;
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "load=%.2f stolen=%.2fs cpus=%d jvm=\"%s\" system=\"%s\"",
                load,
                stolenSeconds,
                processors,
                jvm,
                system);
    }
}
