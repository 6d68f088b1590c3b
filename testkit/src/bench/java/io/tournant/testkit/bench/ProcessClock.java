package io.tournant.testkit.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;

/**
 * The processor time that a process has taken, on all its threads.
 *
 * <p>On Linux it is what {@code clock_gettime(2)} says, since Java counts in steps of ten milliseconds, which is more than
 * an idle pool takes in a second.
 */
public interface ProcessClock {

    /** Returns the time taken so far. */
    long nanos();

    /** Returns the best clock of this process that there is. */
    static ProcessClock open() {
        if (System.getProperty("os.name").equals("Linux")) {
            return new Linux(Linux.CLOCK_PROCESS_CPUTIME_ID);
        }
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime;
    }

    /** Returns the best clock of another process of this user that there is. */
    static ProcessClock of(ProcessHandle process) {
        if (System.getProperty("os.name").equals("Linux")) {
            return new Linux(((int) ~process.pid() << 3) | Linux.CLOCK_PROCESS_CPUTIME_ID); // clock_getcpuclockid(3)
        }
        return () -> process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** What the kernel counts. */
    final class Linux implements ProcessClock {

        private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
        private static final long SECOND_NANOS = 1_000_000_000;

        @SuppressWarnings("restricted") // the signature is that of the manual page
        private final MethodHandle clockGettime = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ValueLayout.ADDRESS));

        private final int clock;
        private final MemorySegment timespec = Arena.ofAuto().allocate(JAVA_LONG, 2);

        Linux(int clock) {
            this.clock = clock;
        }

        @Override
        public long nanos() {
            try {
                int result = (int) clockGettime.invokeExact(clock, timespec);
                if (result != 0) {
                    throw new IllegalStateException("There is no clock of the process: result=" + result);
                }
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
            return timespec.getAtIndex(JAVA_LONG, 0) * SECOND_NANOS + timespec.getAtIndex(JAVA_LONG, 1);
        }
    }
}
