package io.tournant.ipc.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.core.TaskOptions;
import io.tournant.ipc.ChannelException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class RunRequestTest {

    private static final byte[] TASK = {1, 2, 3};

    @Test
    void optionsAndTaskComeBack() throws Exception {
        TaskOptions options = TaskOptions.ofDefaults().name("näme").timeout(Duration.ofSeconds(5));
        RunRequest request = RunRequest.decode(RunRequest.encode(options, 3, TASK));
        assertThat(request.options()).isEqualTo(options);
        assertThat(request.attempt()).isEqualTo(3);
        assertThat(request.task()).isEqualTo(ByteBuffer.wrap(TASK));
    }

    @Test
    void theDeadlineIsWhatIsLeftWhenTheRequestIsSent() throws Exception {
        ByteBuffer payload = RunRequest.encode(TaskOptions.ofDefaults().deadline(Duration.ofHours(1)), 1, TASK);
        RunRequest.setDeadline(payload, Duration.ofSeconds(-1));
        assertThat(RunRequest.decode(payload).options().deadline()).contains(Duration.ofNanos(1));
    }

    @Test
    void theBytesAreThoseOfTheLayout() {
        byte[] bytes = RunRequest.encode(TaskOptions.ofDefaults().name("ab").timeout(Duration.ofNanos(258)), 2, TASK)
                .array();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("0000000000000102" + "0000000000000000" + "00000002" + "0002" + "6162" + "010203");
    }

    @Test
    void whatIsTooShortIsRefused() {
        for (int length = 0; length < 22; length++) {
            ByteBuffer cut = ByteBuffer.allocate(length);
            assertThatExceptionOfType(ChannelException.Corrupt.class).isThrownBy(() -> RunRequest.decode(cut));
        }
        ByteBuffer longName = ByteBuffer.allocate(22).putInt(16, 1).putShort(20, (short) 1);
        assertThatExceptionOfType(ChannelException.Corrupt.class).isThrownBy(() -> RunRequest.decode(longName));
        ByteBuffer noAttempt = ByteBuffer.allocate(22);
        assertThatExceptionOfType(ChannelException.Corrupt.class).isThrownBy(() -> RunRequest.decode(noAttempt));
    }
}
