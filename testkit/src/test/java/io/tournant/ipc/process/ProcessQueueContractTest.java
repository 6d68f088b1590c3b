package io.tournant.ipc.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.TaskExecutor;
import io.tournant.core.spi.TaskBackend;
import io.tournant.ipc.Transport;
import io.tournant.testkit.Availability;
import io.tournant.testkit.BackendContract;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the backend alone over message queues: the one for users takes minutes, and asks nothing of a channel. */
final class ProcessQueueContractTest extends BackendContract {

    @BeforeAll
    static void needsQueues() {
        Availability.assume(Transport.messageQueue());
    }

    @Override
    protected TaskBackend open() {
        return pool(Transport.messageQueue()).backend();
    }

    private static ProcessPool.Builder pool(Transport transport) {
        return ProcessPool.builder().workers(2).heap("64m").transport(transport);
    }

    /** What this JVM was granted itself is passed on to both. */
    @Test
    void nativeAccessIsGrantedToWorkersThatUseQueuesAndToNoOthers() throws Exception {
        try (TaskExecutor over = pool(Transport.messageQueue()).build();
                TaskExecutor other = pool(Transport.unixSocket()).build()) {
            assertThat(over.submit(() -> grants()).get()).isEqualTo(grants() + 1);
            assertThat(other.submit(() -> grants()).get()).isEqualTo(grants());
        }
    }

    @Test
    void theTransportHasAName() throws Exception {
        try (TaskExecutor executor = TaskExecutor.open("process?workers=1&transport=queue")) {
            assertThat(executor.submit(() -> 42).get()).isEqualTo(42);
        }
    }

    private static long grants() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--enable-native-access"))
                .count();
    }
}
