package io.tournant.examples.dropin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor's {@code Schedulers.fromExecutorService}: sources and operators of a stream run as our tasks. */
class ReactorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    void flatMapOverSubscribeOnCountsWhatALoopCounts(Backend backend) throws Exception {
        List<List<String>> pieces = Words.inPiecesOf(500);
        ExecutorStats stats = backend.serve(executor -> {
            Scheduler scheduler = Schedulers.fromExecutorService(executor);
            Map<Character, Integer> total = Flux.fromIterable(pieces)
                    .flatMap(piece -> Mono.fromCallable(() -> {
                                TaskContext.current().checkCancelled(); // fails where this is no task of ours
                                return Words.byInitial(piece);
                            })
                            .subscribeOn(scheduler))
                    .reduce(Map.of(), Words::sum)
                    .block(PATIENCE);
            assertThat(total).isEqualTo(Words.byInitial(Words.ALL));
        });
        assertThat(stats.submitted()).isGreaterThanOrEqualTo(pieces.size());
    }

    @ParameterizedTest
    @EnumSource
    void publishOnKeepsTheOrderOfAHundredThousandWords(Backend backend) throws Exception {
        backend.serve(executor -> {
            Scheduler scheduler = Schedulers.fromExecutorService(executor);
            List<String> passed = Flux.fromIterable(Words.ALL)
                    .publishOn(scheduler)
                    .filter(word -> !word.contains("'"))
                    .publishOn(scheduler)
                    .collectList()
                    .block(PATIENCE);
            assertThat(passed)
                    .isEqualTo(Words.ALL.stream()
                            .filter(word -> !word.contains("'"))
                            .toList());
        });
    }

    @ParameterizedTest
    @EnumSource
    void railsRunSideBySideAndLoseNothing(Backend backend) throws Exception {
        backend.serve(executor -> {
            Scheduler scheduler = Schedulers.fromExecutorService(executor);
            Map<Character, Integer> total = Flux.fromIterable(Words.inPiecesOf(100))
                    .parallel(8)
                    .runOn(scheduler)
                    .map(Words::byInitial)
                    .reduce(Words::sum)
                    .block(PATIENCE);
            assertThat(total).isEqualTo(Words.byInitial(Words.ALL));
        });
    }

    @ParameterizedTest
    @EnumSource
    void anErrorEndsTheStreamOrIsReplaced(Backend backend) throws Exception {
        backend.serve(executor -> {
            Scheduler scheduler = Schedulers.fromExecutorService(executor);
            Mono<Integer> failing =
                    Mono.fromCallable(() -> Integer.parseInt("forty-two")).subscribeOn(scheduler);
            assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> failing.block(PATIENCE));
            assertThat(failing.onErrorResume(failure -> Mono.just(42).publishOn(scheduler))
                            .retry(2)
                            .block(PATIENCE))
                    .isEqualTo(42);
        });
    }

    @ParameterizedTest
    @EnumSource
    void disposingTheSchedulerClosesTheExecutor(Backend backend) throws Exception {
        backend.serve(executor -> {
            Scheduler scheduler = Schedulers.fromExecutorService(executor);
            assertThat(Mono.fromCallable(() -> 42).subscribeOn(scheduler).block(PATIENCE))
                    .isEqualTo(42);
            scheduler.disposeGracefully().block(PATIENCE);
            assertThat(scheduler.isDisposed()).isTrue();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() ->
                            Mono.fromCallable(() -> 43).subscribeOn(scheduler).block(PATIENCE));
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A scheduler made of an ExecutorService has no clock: time belongs to another one")
    void delaysAreTakenFromAnotherScheduler(Backend backend) throws Exception {
        backend.serve(executor -> {
            Scheduler scheduler = Schedulers.fromExecutorService(executor);
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(
                            () -> Mono.delay(Duration.ofMillis(1), scheduler).block(PATIENCE));
            assertThat(Mono.delay(Duration.ofMillis(1)).publishOn(scheduler).block(PATIENCE))
                    .isZero();
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "DIRECT")
    @DisplayName("Disposing a subscription interrupts the task that serves it, and no other" + Backend.NOT_DIRECT)
    void disposingASubscriptionInterruptsItsTask(Backend backend) throws Exception {
        AtomicInteger interrupts = new AtomicInteger();
        ExecutorStats stats = backend.serve(executor -> {
            Scheduler scheduler = Schedulers.fromExecutorService(executor);
            for (int i = 0; i < 20; i++) {
                CountDownLatch running = new CountDownLatch(1);
                CountDownLatch interrupted = new CountDownLatch(1);
                Disposable subscription = Mono.fromRunnable(() -> {
                            running.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupts.incrementAndGet();
                                interrupted.countDown();
                            }
                        })
                        .subscribeOn(scheduler)
                        .subscribe();
                assertThat(running.await(30, SECONDS)).isTrue();
                subscription.dispose();
                assertThat(interrupted.await(30, SECONDS)).isTrue();
                assertThat(Mono.fromCallable(() -> Thread.currentThread().isInterrupted())
                                .subscribeOn(scheduler)
                                .block(PATIENCE))
                        .isFalse();
            }
        });
        assertThat(interrupts).hasValue(20);
        assertThat(stats.cancelled()).isEqualTo(20);
    }
}
