package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.core.TaskHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What was broken once where a thread of one task executes another. */
@Timeout(60)
final class CoreNestingRegressionTest {

    private static final int PATIENCE = 10;

    private final TaskExecutor outer = TaskExecutors.platform(1, options -> options.carryMdc());
    private final TaskExecutor inner = TaskExecutors.platform(1);
    private final TaskExecutor direct = TaskExecutors.direct();

    @AfterEach
    void close() {
        List.of(outer, inner, direct).forEach(executor -> executor.close(Duration.ofSeconds(1)));
    }

    /** The inner task hid the outer one, whose executor then did not know that it had to help. */
    @Test
    void aTaskOnDirectInsideOfAnotherMayWaitForATaskOfTheOuterExecutor() throws Exception {
        TaskHandle<String> handle = outer.submit(
                () -> direct.submit(() -> outer.submit(() -> "helped").get()).get());
        assertThat(handle.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo("helped");
    }

    @Test
    void aTaskOnDirectInsideOfAnotherMayCloseTheOuterExecutor() throws Exception {
        TaskHandle<Boolean> handle = outer.submit(() -> {
            direct.submit(() -> outer.close()).get();
            return outer.isTerminated();
        });
        assertThat(handle.get(PATIENCE, TimeUnit.SECONDS)).isFalse();
        assertThat(outer.awaitTermination(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCallbackInsideOfACallbackMayCloseTheOuterExecutor() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TaskHandle<?> held = inner.submit(() -> new CountDownLatch(1).await(PATIENCE, TimeUnit.SECONDS));
        CompletableFuture<Void> closed = held.toCompletableFuture().handle((value, failure) -> {
            outer.close();
            return null;
        });
        TaskHandle<?> handle = outer.submit(() -> release.await(PATIENCE, TimeUnit.SECONDS));
        // The end of the outer task ends the inner one, whose callback runs inside of the outer one's.
        CompletableFuture<Boolean> ended = handle.toCompletableFuture().thenApply(value -> held.cancel(true));
        release.countDown();
        assertThat(ended.get(PATIENCE, TimeUnit.SECONDS)).isTrue();
        closed.get(PATIENCE, TimeUnit.SECONDS);
        assertThat(outer.awaitTermination(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    /** The inner task took the interrupt of the outer one along when it ended. */
    @Test
    void anInterruptThatComesDuringATaskOnDirectReachesTheOneAroundItAsWell() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        TaskHandle<?> handle = outer.submit(() -> {
            TaskHandle<?> nested = direct.submit(() -> {
                started.countDown();
                return new CountDownLatch(1).await(PATIENCE, TimeUnit.SECONDS);
            });
            seen.complete(Thread.currentThread().isInterrupted() && nested.isDone());
        });
        started.await();
        handle.cancel(true);
        assertThat(seen.get(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    /** A task that was run by one that waited for it found that one's MDC in place of its submitter's empty one. */
    @Test
    void aTaskDoesNotFindTheContextOfTheOneThatRunsIt() throws Exception {
        CompletableFuture<TaskHandle<String>> awaited = new CompletableFuture<>();
        TaskHandle<String> waiting = outer.submit(() -> {
            MDC.put("user", "waiting");
            try {
                return awaited.get().get() + " " + MDC.get("user");
            } finally {
                MDC.remove("user");
            }
        });
        awaited.complete(outer.submit(() -> "found " + MDC.get("user")));
        assertThat(waiting.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo("found null waiting");
    }

    /** A stack that overflowed where a task ends, or is submitted, left the executor waiting for that task for ever. */
    @Test
    void tasksInsideOfTasksThatOverflowTheStackLeaveAnExecutorThatCanBeClosed() throws Exception {
        for (int frames = 0; frames < 20; frames++) { // so that the end of the stack comes everywhere
            TaskExecutor executor = TaskExecutors.platform(1);
            int ahead = frames;
            TaskHandle<Integer> handle = executor.submit(() -> after(ahead, () -> descend(executor, 20_000)));
            handle.termination().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
            executor.shutdown();
            assertThat(executor.awaitTermination(PATIENCE, TimeUnit.SECONDS))
                    .as("frames=" + frames)
                    .isTrue();
        }
    }

    private static int after(int frames, Callable<Integer> code) throws Exception {
        return frames == 0 ? code.call() : after(frames - 1, code);
    }

    private static int descend(TaskExecutor executor, int levels) throws Exception {
        return levels == 0
                ? 0
                : 1 + executor.submit(() -> descend(executor, levels - 1)).get();
    }
}
