package io.tournant.testkit;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Whether message queues can be had on this machine. */
public final class Availability {

    private static final Path QUEUES = Path.of("/proc/sys/fs/mqueue");

    private Availability() {}

    /** Skips a test, with the reason, where the kernel has none; fails it where they are there and cannot be used. */
    public static void assume(Transport transport) {
        try {
            transport.listen().close();
        } catch (ChannelException e) {
            if (Files.isDirectory(QUEUES)) {
                throw new AssertionError("There are message queues on this machine, but not for us", e);
            }
            Assumptions.abort(e.getMessage());
        }
    }
}
