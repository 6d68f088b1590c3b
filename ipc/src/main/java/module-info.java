import io.tournant.core.spi.TaskBackendProvider;
import io.tournant.ipc.process.ProcessProvider;
import org.jspecify.annotations.NullMarked;

/**
 * Processes: messages between them over local transports, and tasks in child JVMs.
 *
 * <p>Start at {@link io.tournant.ipc.Transport} for channels, at {@link io.tournant.ipc.SharedBuffer} for memory that
 * processes share, at {@link io.tournant.ipc.process.ProcessPool} for tasks. The first two know nothing of tasks.
 */
@NullMarked
module io.tournant.ipc {
    requires static org.jspecify;
    requires transitive io.tournant.core;
    requires java.management;
    requires jdk.net;
    requires org.slf4j;

    exports io.tournant.ipc;
    exports io.tournant.ipc.process;

    provides TaskBackendProvider with
            ProcessProvider;
}
