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

/** The contract of the backend alone over pipes: the one for users takes minutes, and asks nothing of a channel. */
final class ProcessPipeContractTest extends BackendContract {

    @BeforeAll
    static void needsPipes() {
        Availability.assume(Transport.pipe());
    }

    @Override
    protected TaskBackend open() {
        return ProcessPool.builder()
                .workers(2)
                .heap("64m")
                .transport(Transport.pipe())
                .backend();
    }

    @Test
    void theTransportHasANameAndItsWorkersAreGrantedNativeAccess() throws Exception {
        try (TaskExecutor executor = TaskExecutor.open("process?workers=1&transport=pipe")) {
            assertThat(executor.submit(() -> grants()).get()).isEqualTo(grants() + 1);
        }
    }

    private static long grants() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--enable-native-access"))
                .count();
    }
}
