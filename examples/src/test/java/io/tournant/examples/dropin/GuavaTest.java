package io.tournant.examples.dropin;

import static com.google.common.util.concurrent.MoreExecutors.listeningDecorator;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import com.google.common.util.concurrent.FluentFuture;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import io.tournant.core.ExecutorStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guava's {@code listeningDecorator}, which gives its own futures to whatever it submits. */
class GuavaTest {

    @ParameterizedTest
    @EnumSource
    void allAsListAndTransformAsyncCountWhatALoopCounts(Backend backend) throws Exception {
        backend.serve(executor -> {
            ListeningExecutorService service = listeningDecorator(executor);
            List<ListenableFuture<Map<Character, Integer>>> counts = Words.inPiecesOf(500).stream()
                    .map(piece -> Futures.transformAsync(
                            service.submit(() -> piece),
                            words -> service.submit(() -> Words.byInitial(words)),
                            service))
                    .toList();
            ListenableFuture<Map<Character, Integer>> total = Futures.transform(
                    Futures.allAsList(counts), all -> all.stream().reduce(Map.of(), Words::sum), service);

            assertThat(total.get(30, SECONDS)).isEqualTo(Words.byInitial(Words.ALL));
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyListenerAndCallbackIsCalledOnceOnTheExecutor(Backend backend) throws Exception {
        List<List<String>> pieces = Words.inPiecesOf(500);
        ConcurrentLinkedQueue<String> called = new ConcurrentLinkedQueue<>();
        AtomicInteger listeners = new AtomicInteger();
        ExecutorStats stats = backend.serve(executor -> {
            ListeningExecutorService service = listeningDecorator(executor);
            CountDownLatch calls = new CountDownLatch(2 * pieces.size());
            for (List<String> piece : pieces) {
                ListenableFuture<String> hash = service.submit(() -> Words.sha256(piece));
                Futures.addCallback(hash, new Recording(called, calls), service);
                hash.addListener(
                        () -> {
                            listeners.incrementAndGet();
                            calls.countDown();
                        },
                        executor);
            }
            assertThat(calls.await(30, SECONDS)).isTrue();
        });
        assertThat(called)
                .containsExactlyInAnyOrderElementsOf(
                        pieces.stream().map(Words::sha256).toList());
        assertThat(listeners).hasValue(pieces.size());
        assertThat(stats.submitted()).isEqualTo(3L * pieces.size());
    }

    private record Recording(ConcurrentLinkedQueue<String> values, CountDownLatch calls)
            implements FutureCallback<String> {

        @Override
        public void onSuccess(String value) {
            values.add(value);
            calls.countDown();
        }

        @Override
        public void onFailure(Throwable failure) {
            values.add(failure.toString());
            calls.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsCaughtAndCostsItsListNothingButItself(Backend backend) throws Exception {
        backend.serve(executor -> {
            ListeningExecutorService service = listeningDecorator(executor);
            ListenableFuture<Integer> failed = service.submit(() -> Integer.parseInt("forty-two"));
            ListenableFuture<Integer> good = service.submit(() -> 42);

            assertThat(FluentFuture.from(failed)
                            .catchingAsync(NumberFormatException.class, failure -> service.submit(() -> 43), service)
                            .transform(number -> number + 1, service)
                            .get(30, SECONDS))
                    .isEqualTo(44);
            assertThat(Futures.successfulAsList(failed, good).get(30, SECONDS)).containsExactly(null, 42);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> Futures.allAsList(failed, good).get(30, SECONDS))
                    .withCauseInstanceOf(NumberFormatException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void invokeAllAndInvokeAnyGoThroughTheDecorator(Backend backend) throws Exception {
        List<List<String>> pieces = Words.inPiecesOf(500);
        List<Callable<String>> calls = new ArrayList<>();
        pieces.forEach(piece -> calls.add(() -> Words.sha256(piece)));
        backend.serve(executor -> {
            ListeningExecutorService service = listeningDecorator(executor);
            List<String> hashes = new ArrayList<>();
            for (Future<String> future : service.invokeAll(calls)) {
                assertThat(future).isDone();
                hashes.add(future.get());
            }
            assertThat(hashes).isEqualTo(pieces.stream().map(Words::sha256).toList());
            Callable<String> bad = () -> List.<String>of().getFirst();
            assertThat(service.invokeAny(List.of(bad, () -> "any"))).isEqualTo("any");
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> service.invokeAny(List.of(bad)))
                    .withCauseInstanceOf(NoSuchElementException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void shutdownThroughTheDecoratorEndsTheExecutorAfterItsTasks(Backend backend) throws Exception {
        List<Future<String>> hashes = new ArrayList<>();
        backend.serve(executor -> {
            ListeningExecutorService service = listeningDecorator(executor);
            Words.inPiecesOf(1_000).forEach(piece -> hashes.add(service.submit(() -> Words.sha256(piece))));
            assertThat(MoreExecutors.shutdownAndAwaitTermination(service, Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(hashes).allMatch(Future::isDone);
            assertThat(executor.isTerminated()).isTrue();
        });
        assertThat(hashes)
                .extracting(Future::resultNow)
                .isEqualTo(Words.inPiecesOf(1_000).stream().map(Words::sha256).toList());
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "DIRECT")
    @DisplayName("Cancelling Guava's future interrupts the thread of the task, and the next task finds no trace of it"
            + Backend.NOT_DIRECT)
    void cancellationInterruptsTheTaskAndNothingElse(Backend backend) throws Exception {
        backend.serve(executor -> {
            ListeningExecutorService service = listeningDecorator(executor);
            for (int i = 0; i < 50; i++) {
                CountDownLatch running = new CountDownLatch(1);
                CountDownLatch interrupted = new CountDownLatch(1);
                ListenableFuture<?> future = service.submit(() -> {
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                });
                assertThat(running.await(30, SECONDS)).isTrue();
                assertThat(future.cancel(true)).isTrue();
                assertThat(interrupted.await(30, SECONDS)).isTrue();
                assertThat(service.submit(() -> Thread.currentThread().isInterrupted())
                                .get(30, SECONDS))
                        .isFalse();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "DIRECT")
    @DisplayName(
            "shutdownNow through the decorator interrupts what runs and hands back what waits" + Backend.NOT_DIRECT)
    void shutdownNowHandsBackWhatWaits(Backend backend) throws Exception {
        int tasks = 50;
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        ExecutorStats stats = backend.serve(executor -> {
            ListeningExecutorService service = listeningDecorator(executor);
            CountDownLatch running = new CountDownLatch(4);
            List<ListenableFuture<?>> futures = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                futures.add(service.submit(() -> {
                    begun.incrementAndGet();
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                }));
            }
            assertThat(running.await(30, SECONDS)).isTrue();
            List<Runnable> waiting = service.shutdownNow();
            assertThat(service.awaitTermination(30, SECONDS)).isTrue();

            waiting.forEach(task -> ((Future<?>) task).cancel(false)); // Guava's own futures, as they were handed in
            assertThat(futures).filteredOn(Future::isCancelled).hasSameSizeAs(waiting);
        });
        assertThat(interrupted).hasValue(begun.get());
        assertThat(stats.cancelled()).isEqualTo(tasks);
    }
}
