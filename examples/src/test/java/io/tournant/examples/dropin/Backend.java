package io.tournant.examples.dropin;

import static org.assertj.core.api.Assertions.assertThat;

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
            ExecutorStats stats = executor.stats();
            long submitted = stats.submitted();
            assertThat(submitted).as("tasks submitted by the library").isPositive();
            long cancelled = stats.cancelled();
            assertThat(stats)
                    .isEqualTo(new ExecutorStats(submitted, submitted - cancelled, 0, cancelled, 0, 0, 0, 0, 0, 0, 0));
            return stats;
        }
    }

    @Override
    public String toString() {
        return spec;
    }
}
