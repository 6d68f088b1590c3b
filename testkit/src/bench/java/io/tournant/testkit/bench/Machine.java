package io.tournant.testkit.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What figures depend on besides the code.
 *
 * @param load how many threads wanted a processor during the last minute, on average; negative if unknown
 * @param processors how many there are
 * @param jvm the version of the JVM
 * @param system the operating system and the architecture
 */
record Machine(double load, int processors, String jvm, String system) {

    static Machine now() {
        return new Machine(
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "load=%.2f cpus=%d jvm=\"%s\" system=\"%s\"", load, processors, jvm, system);
    }
}
