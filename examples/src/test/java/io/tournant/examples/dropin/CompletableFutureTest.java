package io.tournant.examples.dropin;

import static java.util.concurrent.CompletableFuture.allOf;
import static java.util.concurrent.CompletableFuture.anyOf;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.tournant.core.ExecutorStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's own user of executors: every {@code …Async} stage is one of our tasks. */
class CompletableFutureTest {

    @ParameterizedTest
    @EnumSource
    void aTreeOfStagesCountsWhatALoopCounts(Backend backend) throws Exception {
        List<List<String>> pieces = Words.inPiecesOf(500);
        ExecutorStats stats = backend.serve(executor -> {
            CompletableFuture<Map<Character, Integer>> total = CompletableFuture.completedFuture(Map.of());
            for (List<String> piece : pieces) {
                var counted = supplyAsync(() -> piece, executor).thenApplyAsync(Words::byInitial, executor);
                total = total.thenCombineAsync(counted, Words::sum, executor);
            }
            assertThat(total.get(30, SECONDS)).isEqualTo(Words.byInitial(Words.ALL));
        });
        assertThat(stats.submitted()).isEqualTo(3L * pieces.size());
    }

    @ParameterizedTest
    @EnumSource
    void stagesThatSubmitStagesComposeToAChain(Backend backend) throws Exception {
        int length = 1_000;
        ExecutorStats stats = backend.serve(executor -> {
            CompletableFuture<Integer> chain = CompletableFuture.completedFuture(0);
            for (int i = 0; i < length; i++) {
                chain = chain.thenComposeAsync(sum -> supplyAsync(() -> sum + 1, executor), executor);
            }
            assertThat(chain.get(30, SECONDS)).isEqualTo(length);
        });
        assertThat(stats.submitted()).isEqualTo(2L * length);
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionTravelsDownThePipelineAndIsDealtWithThere(Backend backend) throws Exception {
        backend.serve(executor -> {
            AtomicInteger skipped = new AtomicInteger();
            List<Throwable> seen = new ArrayList<>();
            CompletableFuture<Integer> failed = supplyAsync(() -> Integer.parseInt("forty-two"), executor);
            CompletableFuture<String> handled = failed.thenApplyAsync(number -> skipped.incrementAndGet(), executor)
                    .whenCompleteAsync((value, failure) -> seen.add(failure), executor)
                    .exceptionallyComposeAsync(failure -> supplyAsync(() -> 42, executor), executor)
                    .handleAsync((value, failure) -> value + " " + failure, executor);

            assertThat(handled.get(30, SECONDS)).isEqualTo("42 null");
            assertThat(skipped).hasValue(0);
            assertThat(seen).singleElement().isInstanceOf(CompletionException.class);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> failed.get(30, SECONDS))
                    .withCauseInstanceOf(NumberFormatException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void allOfWaitsForHundredsAndFailsWithTheOneThatFailed(Backend backend) throws Exception {
        backend.serve(executor -> {
            List<CompletableFuture<String>> hashes = Words.inPiecesOf(200).stream()
                    .map(piece -> supplyAsync(() -> Words.sha256(piece), executor))
                    .toList();
            allOf(hashes.toArray(CompletableFuture[]::new)).get(30, SECONDS);
            assertThat(hashes.stream().map(CompletableFuture::join))
                    .containsExactlyElementsOf(
                            Words.inPiecesOf(200).stream().map(Words::sha256).toList());

            CompletableFuture<Void> bad = runAsync(() -> List.of().getFirst(), executor);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() ->
                            allOf(hashes.getFirst(), bad, hashes.getLast()).get(30, SECONDS))
                    .withCauseInstanceOf(NoSuchElementException.class);
            assertThat(anyOf(hashes.getFirst(), new CompletableFuture<>()).get(30, SECONDS))
                    .isEqualTo(hashes.getFirst().join());
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatTheClockOfTheJdkStartsOrEndsGoesOnInTheExecutor(Backend backend) throws Exception {
        ExecutorStats stats = backend.serve(executor -> {
            var never = new CompletableFuture<String>();
            CompletableFuture<String> late = supplyAsync(() -> "late", delayedExecutor(20, MILLISECONDS, executor));
            CompletableFuture<String> ended = never.copy()
                    .orTimeout(10, MILLISECONDS)
                    .exceptionallyAsync(failure -> failure.getClass().getSimpleName(), executor);
            CompletableFuture<String> replaced = never.copy()
                    .completeOnTimeout("in its place", 10, MILLISECONDS)
                    .thenApplyAsync(String::toUpperCase, executor);

            assertThat(late.get(30, SECONDS)).isEqualTo("late");
            assertThat(ended.get(30, SECONDS)).isEqualTo(TimeoutException.class.getSimpleName());
            assertThat(replaced.get(30, SECONDS)).isEqualTo("IN ITS PLACE");
            assertThat(never).isNotDone();
        });
        assertThat(stats.submitted()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aStageThatIsCancelledBeforeItsTurnNeverRuns(Backend backend) throws Exception {
        ExecutorStats stats = backend.serve(executor -> {
            AtomicInteger runs = new AtomicInteger();
            var source = new CompletableFuture<String>();
            CompletableFuture<Integer> stage = source.thenApplyAsync(value -> runs.incrementAndGet(), executor);
            CompletableFuture<String> dependent =
                    stage.handleAsync((value, failure) -> failure.getClass().getSimpleName(), executor);

            assertThat(stage.cancel(true)).isTrue();
            source.complete("too late");
            assertThat(dependent.get(30, SECONDS)).isEqualTo(CancellationException.class.getSimpleName());
            assertThat(runs).hasValue(0);
        });
        assertThat(stats.submitted()).as("the dependent alone").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "DIRECT")
    @DisplayName("orTimeout and cancel end the future; the work goes on, uninterrupted, as CompletableFuture has it"
            + Backend.NOT_DIRECT)
    void theWorkOutlivesItsFuture(Backend backend) throws Exception {
        backend.serve(executor -> {
            CountDownLatch running = new CountDownLatch(2);
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(2);
            AtomicBoolean interrupted = new AtomicBoolean();
            Runnable work = () -> {
                running.countDown();
                try {
                    assertThat(release.await(30, SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                ended.countDown();
            };
            CompletableFuture<Void> slow = runAsync(work, executor);
            CompletableFuture<Void> unwanted = runAsync(work, executor);
            assertThat(running.await(30, SECONDS)).isTrue();

            assertThat(unwanted.cancel(true)).isTrue();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> slow.orTimeout(10, MILLISECONDS).get(30, SECONDS))
                    .withCauseInstanceOf(TimeoutException.class);
            assertThat(executor.stats().running()).isEqualTo(2);
            release.countDown();
            assertThat(ended.await(30, SECONDS)).isTrue();
            assertThat(interrupted).isFalse();
        });
    }
}
