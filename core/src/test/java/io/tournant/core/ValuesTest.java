package io.tournant.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small records and exceptions of the API. */
class ValuesTest {

    @Test
    void anIdIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskId(0)).withMessageContaining("value=0");
        assertThat(new TaskId(7)).hasToString("task-7");
    }

    @Test
    void progressIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(-1, 2, ""))
                .withMessageContaining("done=-1 total=2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(1, -2, ""))
                .withMessageContaining("done=1 total=-2");
    }

    @Test
    void aTimeoutCarriesLimitAndStack() {
        StackTraceElement frame = new StackTraceElement("C", "m", "C.java", 1);
        TaskTimeoutException timeout = new TaskTimeoutException("late", Duration.ofSeconds(1), List.of(frame));
        assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(1));
        assertThat(timeout.taskStack()).containsExactly(frame);
    }

    @Test
    void aRemoteExceptionLooksLikeTheOriginal() {
        StackTraceElement frame = new StackTraceElement("C", "m", "C.java", 1);
        RemoteTaskException remote = new RemoteTaskException("com.example.Broken", "why", List.of(frame));
        assertThat(remote).hasMessage("com.example.Broken: why");
        assertThat(remote.getStackTrace()).containsExactly(frame);
        assertThat(remote.className()).isEqualTo("com.example.Broken");
        assertThat(remote.originalMessage()).isEqualTo("why");
        assertThat(new RemoteTaskException("com.example.Broken", null, List.of()))
                .hasMessage("com.example.Broken");
    }

    @Test
    void theTraitsOfTheThreeKinds() {
        assertThat(BackendTraits.threads()).isEqualTo(new BackendTraits(true, false, false, false));
        assertThat(BackendTraits.caller()).isEqualTo(new BackendTraits(true, false, false, true));
        assertThat(BackendTraits.processes()).isEqualTo(new BackendTraits(false, true, true, false));
    }
}
