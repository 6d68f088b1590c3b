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

    /**
     * Skips a test, with the reason, where they cannot be had. Fails it where the kernel has them and it is our calls that
     * do not fit: else each test would be skipped because of that.
     */
    public static void assume(Transport transport) {
        try {
            transport.listen().close();
        } catch (ChannelException e) {
            if (Files.isDirectory(QUEUES) && e.getCause() instanceof LinkageError) {
                throw new AssertionError("There are message queues on this machine, which we cannot call", e);
            }
            Assumptions.abort(e.getMessage());
        }
    }
}
