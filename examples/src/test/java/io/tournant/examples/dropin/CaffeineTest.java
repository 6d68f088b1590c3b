package io.tournant.examples.dropin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskContext;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cache that loads, refreshes, evicts and tells its removal listener on our executor. Direct is in: Caffeine's manual
 * itself advises a caller that runs tasks for tests.
 */
class CaffeineTest {

    private static final List<String> KEYS = Words.ALL.subList(20_000, 22_000);

    @ParameterizedTest
    @EnumSource
    void eachKeyIsLoadedOnceWhoeverAsks(Backend backend) throws Exception {
        AtomicInteger loads = new AtomicInteger();
        ConcurrentStatsCounter counted = new ConcurrentStatsCounter();
        ExecutorStats stats = backend.serve(executor -> {
            AsyncLoadingCache<String, String> cache = Caffeine.newBuilder()
                    .executor(executor)
                    .recordStats(() -> counted)
                    .buildAsync(word -> {
                        TaskContext.current().checkCancelled(); // fails where this is no task of ours
                        loads.incrementAndGet();
                        return Words.sha256(List.of(word));
                    });
            Map<String, CompletableFuture<String>> asked = new HashMap<>();
            for (int round = 0; round < 3; round++) {
                KEYS.forEach(word -> asked.put(word, cache.get(word)));
            }
            for (String word : KEYS) {
                assertThat(asked.get(word).get(30, SECONDS)).isEqualTo(Words.sha256(List.of(word)));
            }
            assertThat(cache.getAll(KEYS.subList(0, 100)).get(30, SECONDS)).hasSize(100);
        }); // the executor is closed: Caffeine counts a load after it has completed the future, in the same task
        assertThat(counted.snapshot().loadSuccessCount()).isEqualTo(KEYS.size());
        assertThat(counted.snapshot().hitCount()).isEqualTo(2L * KEYS.size() + 100);
        assertThat(loads).hasValue(KEYS.size());
        assertThat(stats.submitted()).isGreaterThanOrEqualTo(KEYS.size());
    }

    @ParameterizedTest
    @EnumSource
    void aFailedLoadIsToldAndNotKept(Backend backend) throws Exception {
        AtomicInteger loads = new AtomicInteger();
        backend.serve(executor -> {
            AsyncLoadingCache<String, Integer> cache = Caffeine.newBuilder()
                    .executor(executor)
                    .buildAsync(key -> {
                        if (loads.incrementAndGet() == 1) {
                            throw new IllegalStateException("on purpose: it shows in the log");
                        }
                        return 42;
                    });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> cache.get("key").get(30, SECONDS))
                    .withCauseInstanceOf(IllegalStateException.class);
            await().until(() -> cache.getIfPresent("key") == null); // perhaps a little later
            assertThat(cache.get("key").get(30, SECONDS)).isEqualTo(42);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatComesInGoesOutOrStaysAndTheListenerHearsOfIt(Backend backend) throws Exception {
        int room = 100;
        int invalidated = 10;
        Map<RemovalCause, AtomicInteger> removals = new EnumMap<>(RemovalCause.class);
        Set.of(RemovalCause.values()).forEach(cause -> removals.put(cause, new AtomicInteger()));
        AtomicLong left = new AtomicLong();
        backend.serve(executor -> {
            LoadingCache<String, String> cache = Caffeine.newBuilder()
                    .executor(executor)
                    .maximumSize(room)
                    .removalListener((key, value, cause) -> removals.get(cause).incrementAndGet())
                    .build(word -> Words.sha256(List.of(word)));
            KEYS.forEach(word -> assertThat(cache.get(word)).hasSize(64));
            cache.cleanUp();
            cache.asMap().keySet().stream().limit(invalidated).toList().forEach(cache::invalidate);
            left.set(cache.estimatedSize());
        }); // the executor is closed: every notification has been made
        assertThat(left).hasValue(room - invalidated);
        assertThat(removals.get(RemovalCause.EXPLICIT)).hasValue(invalidated);
        assertThat(removals.get(RemovalCause.SIZE)).hasValue(KEYS.size() - room);
    }

    @ParameterizedTest
    @EnumSource
    void aStaleValueIsServedOnceMoreAndRefreshedOnTheExecutor(Backend backend) throws Exception {
        AtomicLong clock = new AtomicLong();
        AtomicInteger versions = new AtomicInteger();
        backend.serve(executor -> {
            LoadingCache<String, Integer> cache = Caffeine.newBuilder()
                    .executor(executor)
                    .ticker(clock::get)
                    .refreshAfterWrite(Duration.ofMinutes(1))
                    .build(key -> versions.incrementAndGet());
            assertThat(cache.get("key")).isEqualTo(1);
            clock.addAndGet(Duration.ofMinutes(2).toNanos());
            assertThat(cache.get("key")).isIn(1, 2); // 2 if the refresh was that fast
            await().until(() -> cache.getIfPresent("key") == 2);
            assertThat(cache.refresh("key").get(30, SECONDS)).isEqualTo(3);
        });
        assertThat(versions).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "DIRECT")
    @DisplayName("A reader of a stale value does not wait for the refresh" + Backend.NOT_DIRECT)
    void aReaderDoesNotWaitForTheRefresh(Backend backend) throws Exception {
        AtomicLong clock = new AtomicLong();
        AtomicInteger versions = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        backend.serve(executor -> {
            LoadingCache<String, Integer> cache = Caffeine.newBuilder()
                    .executor(executor)
                    .ticker(clock::get)
                    .refreshAfterWrite(Duration.ofMinutes(1))
                    .build(key -> {
                        int version = versions.incrementAndGet();
                        if (version > 1) {
                            assertThat(release.await(30, SECONDS)).isTrue();
                        }
                        return version;
                    });
            assertThat(cache.get("key")).isEqualTo(1);
            clock.addAndGet(Duration.ofMinutes(2).toNanos());
            for (int i = 0; i < 100; i++) {
                assertThat(cache.get("key")).isEqualTo(1);
            }
            release.countDown();
            await().until(() -> cache.getIfPresent("key") == 2);
        });
        assertThat(versions).as("one refresh for a hundred readers").hasValue(2);
    }
}
