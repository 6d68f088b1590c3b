package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;

class InsightTest {

    private static final long BUSY_NANOS = 50_000_000;

    @Test
    void aPoolIsShownToManagementClientsUntilItEnds() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.tournant.pool:type=WorkStealingPool,name=\"shown\"");
        WorkStealingPool.Builder builder =
                WorkStealingPool.builder().name("shown").parallelism(2).jmx(true);
        try (WorkStealingPool pool = builder.build()) {
            pool.submit(() -> {}).get();
            assertThat(server.getAttribute(name, "Parallelism")).isEqualTo(2);
            assertThat(server.getAttribute(name, "State")).isEqualTo("RUNNING");
            await().untilAsserted(() ->
                    assertThat(server.getAttribute(name, "Executed")).isEqualTo(1L));
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("name=shown");
        }
        await().until(() -> !server.isRegistered(name));
    }

    @Test
    void eachWorkerSaysWhatItHasDone() throws Exception {
        try (WorkStealingPool pool =
                WorkStealingPool.builder().parallelism(2).spareLimit(0).build()) {
            CountDownLatch both = new CountDownLatch(2);
            CountDownLatch end = new CountDownLatch(1);
            for (int i = 0; i < 2; i++) {
                pool.execute(() -> {
                    both.countDown();
                    awaitQuietly(both);
                    awaitQuietly(end);
                });
            }
            awaitQuietly(both);
            await().until(() -> pool.workerStats().stream().allMatch(worker -> worker.busyNanos() > BUSY_NANOS));
            end.countDown();
            await().until(() -> pool.workerStats().stream().allMatch(worker -> worker.parks() == worker.wakes() + 1));
            assertThat(pool.workerStats()).extracting(PoolWorkerStats::index).containsExactly(0, 1);
            assertThat(pool.workerStats()).extracting(PoolWorkerStats::executed).containsExactly(1L, 1L);
            assertThat(pool.workerStats()).allMatch(worker -> worker.queued() == 0 && worker.busyNanos() > BUSY_NANOS);
            List<PoolWorkerStats> asleep = pool.workerStats();
            assertThat(pool.workerStats()).as("nothing changes while all sleep").isEqualTo(asleep);
            assertThat(asleep.stream().mapToLong(PoolWorkerStats::injected).sum())
                    .isEqualTo(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this", e);
        }
    }

    @Test
    void theFlightRecorderIsToldOfBlockedWorkersAndNumbers() throws Exception {
        Queue<RecordedEvent> events = new ConcurrentLinkedQueue<>();
        try (RecordingStream recording = new RecordingStream();
                WorkStealingPool pool = WorkStealingPool.builder()
                        .name("recorded")
                        .parallelism(1)
                        .build()) {
            recording.onEvent("io.tournant.pool.Blocked", events::add);
            recording.onEvent("io.tournant.pool.Statistics", events::add);
            recording.startAsync();
            CountDownLatch latch = new CountDownLatch(1);
            Future<?> waits = pool.submit(() -> {
                latch.await();
                return null;
            });
            await().until(() -> pool.stats().queued() == 0);
            pool.execute(latch::countDown);
            waits.get();
            recording.stop();
        }
        assertThat(events)
                .anyMatch(event -> event.getEventType().getName().endsWith("Blocked")
                        && event.getString("pool").equals("recorded")
                        && event.getInt("workers") == 1)
                .anyMatch(event -> event.getEventType().getName().endsWith("Statistics")
                        && event.getString("pool").equals("recorded"));
    }
}
