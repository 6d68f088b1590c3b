package io.tournant.ipc.process.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.Task;
import io.tournant.core.TaskOptions;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskIds;
import io.tournant.core.task.TaskOwner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class JobQueueTest {

    private final JobQueue queue = new JobQueue();

    private static Job job() {
        Task<Integer> task = () -> 1;
        return new Job(
                new ManagedTask<>(TaskIds.next(), TaskOptions.ofDefaults(), task, new TaskOwner() {}), new byte[1]);
    }

    @Test
    void jobsAreTakenInOrderAndAJobPutBackComesFirst() throws Exception {
        Job first = job();
        Job second = job();
        queue.add(first);
        queue.add(second);
        assertThat(queue.take(() -> true)).isSameAs(first);
        queue.putBack(first);
        assertThat(queue.take(() -> true)).isSameAs(first);
        assertThat(queue.take(() -> true)).isSameAs(second);
    }

    @Test
    void aTakerThatIsNoLongerAbleLeavesTheJobToAnother() throws Exception {
        AtomicBoolean able = new AtomicBoolean(true);
        CompletableFuture<Job> unable = CompletableFuture.supplyAsync(() -> take(able));
        CompletableFuture<Job> other = CompletableFuture.supplyAsync(() -> take(new AtomicBoolean(true)));
        able.set(false);
        queue.wake();
        assertThat(unable.get(10, TimeUnit.SECONDS)).isNull();
        Job job = job();
        queue.add(job);
        assertThat(other.get(10, TimeUnit.SECONDS)).isSameAs(job);
    }

    private Job take(AtomicBoolean able) {
        try {
            return queue.take(able::get);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClosedQueueTakesNothingAndWakesEveryTaker() throws Exception {
        CountDownLatch ended = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                take(new AtomicBoolean(true));
                ended.countDown();
            });
        }
        assertThat(queue.close()).isEmpty();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.add(job())).isFalse();
        assertThat(queue.putBack(job())).isFalse();
    }

    @Test
    void closingReturnsWhatWaits() {
        Job job = job();
        queue.add(job);
        assertThat(queue.close()).containsExactly(job);
        assertThat(queue.isClosed()).isTrue();
    }

    @Test
    void onlyJobsNeverSentAreDrainedAsUndelivered() {
        Job sent = job();
        assertThat(sent.message().correlationId()).isEqualTo(sent.id());
        Job fresh = job();
        queue.add(fresh);
        queue.putBack(sent);
        assertThat(queue.drainUndelivered()).containsExactly(fresh);
        assertThat(queue.delivered()).containsExactly(sent);
    }

    @Test
    void aPauseEndsWhenTheQueueIsClosed() throws Exception {
        CompletableFuture<Void> paused = CompletableFuture.runAsync(() -> {
            try {
                queue.pause(TimeUnit.DAYS.toNanos(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        queue.close();
        paused.get(10, TimeUnit.SECONDS);
    }
}
