package io.tournant.examples.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskExecutor;
import java.time.Duration;

/** The backends whose executors are handed to code that was written for the JDK's: each that shares memory with it. */
enum Backend {
    PLATFORM_FIXED("platform?threads=4"),
    PLATFORM_CACHED("platform"),
    VIRTUAL("virtual"),
    POOL("pool?parallelism=4"),
    DIRECT("direct");

    /** Why a test of what happens beside the caller leaves {@link #DIRECT} out; shown in its name. */
    static final String NOT_DIRECT = ", not on direct, where the caller would wait for what only it can release";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String spec;

    Backend(String spec) {
        this.spec = spec;
    }

    /** What is done with an executor, by a library most of the time. */
    @FunctionalInterface
    interface Work {
        void with(TaskExecutor executor) throws Exception;
    }

    /**
     * Opens an executor, does the work with it and closes it. By then everything that was submitted has ended by itself:
     * nothing was refused, lost, given up or left behind, and no failure went past the library.
     *
     * @return the statistics of the closed executor, for what more the caller knows
     */
    ExecutorStats serve(Work work) throws Exception {
        try (TaskExecutor executor = TaskExecutor.open(spec)) {
            work.with(executor);
            assertThat(executor.close(PATIENCE))
                    .as("all tasks ended by themselves")
                    .isTrue();
            assertThat(executor.isTerminated()).isTrue();
            // A task may end before the thread that submitted it is back from submit, where it is counted.
            await().pollDelay(Duration.ZERO).untilAsserted(() -> assertNothingIsLeft(executor.stats()));
            return executor.stats();
        }
    }

    private static void assertNothingIsLeft(ExecutorStats stats) {
        long submitted = stats.submitted();
        long cancelled = stats.cancelled();
        assertThat(submitted).as("tasks submitted by the library").isPositive();
        assertThat(stats)
                .isEqualTo(new ExecutorStats(submitted, submitted - cancelled, 0, cancelled, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public String toString() {
        return spec;
    }
}
