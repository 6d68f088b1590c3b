package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.TaskHandle;
import io.tournant.core.Termination;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is promised where work that ignores its interruption cannot be ended. */
public abstract class AbandonmentContract extends NestingContract {

    private static final Duration SHORT = Duration.ofMillis(50);

    /** For subclasses. */
    protected AbandonmentContract() {}

    /** Returns a cancelled task that goes on until it is released. */
    private TaskHandle<String> stubborn(Signal release) throws InterruptedException {
        Signal started = signal("started");
        TaskHandle<String> handle =
                executor().with(o -> o.cancelGrace(SHORT)).submit(() -> started.holdIgnoringInterrupts(release));
        started.await();
        assertThat(handle.cancel(true)).isTrue();
        return handle;
    }

    @Test
    @DisplayName(
            "TaskOptions.cancelGrace: on a thread a task that does not end in its grace \"is given up\", and counted")
    void workThatDoesNotEndIsGivenUp() throws Exception {
        assumeCannotEndWork();
        assumeRunsBesideTheCaller();
        TaskHandle<String> handle = stubborn(signal("release"));
        assertThat(gone(handle)).isEqualTo(new Termination(true));
        assertThat(handle.isCancelled()).isTrue();
        Poll.until("the count", () -> executor().stats().abandoned() == 1);
        assertThat(executor().stats().cancelled()).isEqualTo(1);
    }

    @Test
    @DisplayName("DESIGN 4: \"awaitTermination waits for it as in the JDK\"")
    void awaitTerminationWaitsForWorkThatWasGivenUp() throws Exception {
        assumeCannotEndWork();
        assumeRunsBesideTheCaller();
        Signal release = signal("release");
        gone(stubborn(release));
        executor().shutdown();
        assertThat(executor().awaitTermination(SHORT.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        assertThat(executor().isTerminated()).isFalse();
        release.raise();
        assertThat(isTerminatedInTime()).isTrue();
    }

    @Test
    @DisplayName(
            "ExecutorOptions.concurrency: a cancelled task \"holds its place until it is given up\", and no longer")
    void workThatWasGivenUpMakesRoom() throws Exception {
        assumeCannotEndWork();
        assumeRunsTwoTasksAtOnce();
        executor(o -> o.concurrency(1));
        gone(stubborn(signal("release")));
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }
}
