package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Everything that a {@link TaskExecutor} promises, whatever its backend. The author of a backend extends it:
 *
 * <pre>{@code
 * final class MyBackendContractTest extends TaskExecutorContract {
 *     protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
 *         return TaskExecutors.over("mine", new MyBackend(2), options);
 *     }
 *     protected OptionalInt workers() { return OptionalInt.of(2); }
 * }
 * }</pre>
 */
public abstract class TaskExecutorContract extends SupplementContract {

    /** For subclasses. */
    protected TaskExecutorContract() {}

    @Test
    @DisplayName("TaskExecutor.trySubmit: \"the handle\" where there is room")
    void trySubmitReturnsAHandle() throws Exception {
        TaskHandle<String> handle = executor().trySubmit(() -> "value").orElseThrow();
        assertThat(get(handle)).isEqualTo("value");
    }

    @Test
    @DisplayName("TaskExecutor.with: \"Returns a view of this executor that submits with other options\", this one "
            + "unchanged")
    void aViewSubmitsWithItsOwnOptions() throws Exception {
        TaskExecutor named = executor().with(o -> o.name("named"));
        TaskExecutor limited = named.with(o -> o.timeout(Duration.ofMinutes(5)));
        TaskHandle<Boolean> handle =
                limited.submit(() -> TaskContext.current().remaining().isPresent());
        assertThat(handle.name()).isEqualTo("named");
        assertThat(get(handle)).isTrue();
        assertThat(get(named.submit(() -> TaskContext.current().remaining().isPresent())))
                .isFalse();
        assertThat(executor().submit(() -> "value").name()).isNotEqualTo("named");
    }

    @Test
    @DisplayName("TaskExecutor.with: \"The view shares everything with this executor: closing one closes both.\"")
    void aViewSharesTheLifeOfItsExecutor() throws Exception {
        TaskExecutor view = executor().with(o -> o.name("view"));
        get(view.submit(() -> "value"));
        assertThat(view.backend()).isEqualTo(executor().backend());
        assertThat(view.traits()).isEqualTo(executor().traits());
        view.close();
        assertThat(executor().isShutdown()).isTrue();
        assertThat(executor().isTerminated()).isTrue();
        assertThat(executor().stats()).isEqualTo(view.stats());
    }

    @Test
    @DisplayName("TaskExecutor.with: NullPointerException if there are no options")
    @SuppressWarnings("NullAway") // the point of the test
    void aViewNeedsOptions() {
        assertThatNullPointerException().isThrownBy(() -> executor().with(o -> null));
        assertThatNullPointerException().isThrownBy(() -> executor().with(null));
    }

    @Test
    @DisplayName("ExecutorStats: \"submitted is the sum of the five outcomes\" when the executor is quiescent")
    void statisticsAddUp() throws Exception {
        for (int i = 0; i < 5; i++) {
            get(executor().submit(() -> "value"));
        }
        executor().execute(() -> {});
        awaitEnd(executor().submit(() -> {
            throw new IllegalStateException("on purpose");
        }));
        Signal started = signal("started");
        Signal release = signal("release");
        awaitEnd(executor().with(o -> o.timeout(Duration.ofMillis(50))).submit(() -> started.hold(release)));
        executor().close();
        assertThat(executor().stats()).isEqualTo(new ExecutorStats(8, 6, 1, 0, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("TaskExecutor.backend and traits: the same every time")
    void theBackendIsNamed() {
        assertThat(executor().backend()).isNotEmpty();
        assertThat(executor().traits()).isEqualTo(executor().traits());
    }
}
