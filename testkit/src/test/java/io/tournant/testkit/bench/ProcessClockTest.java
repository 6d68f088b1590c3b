package io.tournant.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessClockTest {

    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void countsAtLeastWhatOneThreadTakes() {
        ProcessClock clock = ProcessClock.open();
        long start = clock.nanos();
        long startOfThread = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - startOfThread < BUSY_NANOS) {
            Thread.onSpinWait();
        }
        long ofThread = threads.getCurrentThreadCpuTime() - startOfThread;
        assertThat(clock.nanos() - start).isGreaterThanOrEqualTo(ofThread).isLessThan(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void aProcessIsFoundByItsHandle() {
        ProcessClock own = ProcessClock.open();
        ProcessClock byHandle = ProcessClock.of(ProcessHandle.current());
        long before = own.nanos();
        long between = byHandle.nanos();
        assertThat(between).isBetween(before, own.nanos());
    }
}
