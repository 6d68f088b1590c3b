package io.tournant.ipc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tournant.core.Placement;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RemoteTaskException;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.ipc.Transport;
import java.io.File;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was broken once. */
@Timeout(60)
final class ProcessRegressionTest {

    private final TaskExecutor executor =
            ProcessPool.builder().workers(1).heap("96m").build();

    @AfterEach
    void close() {
        executor.close(Duration.ofSeconds(10));
    }

    /** A cancellation between begin and delivery found no slot, and the task ran on for ever. */
    @Test
    void aTimeoutRightAfterTheBeginningEndsTheWork() throws Exception {
        executor.submit(() -> 1).get();
        for (int i = 0; i < 200; i++) {
            Duration timeout = Duration.ofNanos(1 + i * 500L);
            TaskHandle<Integer> handle = executor.with(o -> o.timeout(timeout)).submit(() -> {
                Thread.sleep(Long.MAX_VALUE);
                return 1;
            });
            handle.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertThat(executor.submit(() -> 2).get()).isEqualTo(2);
    }

    /** A late report of an earlier task was taken for a protocol violation of the next. */
    @Test
    void progressAfterTheEndHarmsNobody() throws Exception {
        for (int i = 0; i < 30; i++) {
            executor.submit(() -> {
                        TaskContext context = TaskContext.current();
                        Thread.ofPlatform().daemon().start(() -> {
                            for (int k = 0; k < 1000; k++) {
                                context.progress(k, 1000, "");
                            }
                        });
                        return 1;
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(executor.submit(() -> 2).get(20, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    /** cancel(false) used to switch off the timeout and every later cancellation. */
    @Test
    void aTaskCancelledWithoutInterruptionIsStillEndedByItsTimeout() throws Exception {
        Duration limit = Duration.ofMillis(500);
        TaskHandle<Integer> handle = spin(limit);
        while (!handle.cancel(false)) { // the limit struck first, on a busy machine
            limit = limit.multipliedBy(2);
            handle = spin(limit);
        }
        handle.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(handle.isCancelled()).isTrue();
    }

    @Test
    void aTaskCancelledWithoutInterruptionIsEndedByALaterCancellation() throws Exception {
        TaskHandle<Integer> handle = spin(Duration.ofHours(1));
        handle.cancel(false);
        assertThat(handle.cancel(true)).isFalse();
        handle.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Returns a task whose code spins, unless its timeout struck before it began. */
    private TaskHandle<Integer> spin(Duration timeout) {
        TaskHandle<Integer> handle = executor.with(o -> o.timeout(timeout).cancelGrace(Duration.ofMillis(50)))
                .submit(() -> {
                    TaskContext.current().progress(1, 1, "spinning");
                    while (true) {
                        Thread.onSpinWait();
                    }
                });
        await().until(() -> handle.progress().done() == 1 || handle.isDone());
        return handle;
    }

    /** A worker that was asked to exit, and answered before it was gone, used to be given the next task and lose it. */
    @Test
    void aWorkerThatWasAskedToExitGetsNoOtherTask() throws Exception {
        try (TaskExecutor single = ProcessPool.builder().workers(1).build()) {
            TaskHandle<?> handle = single.with(o -> o.cancelGrace(Duration.ofMillis(500)))
                    .submit(ProcessRegressionTest::returnWhenAskedToExit);
            await().until(() -> handle.progress().done() == 1);
            handle.cancel(true);
            handle.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
            long pid = ((Placement.InProcess) handle.placement().orElseThrow()).pid();
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThat(single.submit(() -> ProcessHandle.current().pid()).get(20, TimeUnit.SECONDS))
                    .isNotEqualTo(pid);
        }
    }

    /** The life line used to be cut together with the request to exit, so that no shutdown hook came to its end. */
    @Test
    void aWorkerThatIsAskedToExitRunsItsShutdownHooks(@TempDir Path directory) throws Exception {
        String file = directory.resolve("hook").toString();
        TaskHandle<?> handle =
                executor.with(o -> o.cancelGrace(Duration.ofSeconds(2))).submit(() -> spinWithShutdownHook(file));
        await().until(() -> handle.progress().done() == 1);
        handle.cancel(true);
        handle.termination().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(Path.of(file)).exists();
    }

    private static void spinWithShutdownHook(String file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            new File(file).mkdir();
        }));
        TaskContext.current().progress(1, 1, "running");
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void returnWhenAskedToExit() {
        CountDownLatch asked = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3)); // the exit takes its time
        }));
        TaskContext.current().progress(1, 1, "running");
        while (asked.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Callbacks used to run before the worker was told. */
    @Test
    void aCallbackThatWaitsForTheEndOfTheWorkIsNotWhatDelaysIt() throws Exception {
        TaskHandle<Integer> handle = spin(Duration.ofHours(1));
        CompletableFuture<Boolean> ended = handle.toCompletableFuture()
                .handle((value, failure) ->
                        handle.termination().toCompletableFuture().join().abandoned());
        handle.cancel(true);
        assertThat(ended.get(20, TimeUnit.SECONDS)).isFalse();
    }

    /** An interrupt that came when the task had returned used to end the worker and lose the result. */
    @Test
    void aLateInterruptCostsNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            byte[] result = executor.submit(() -> {
                        Thread self = Thread.currentThread();
                        Thread.ofPlatform().daemon().start(() -> {
                            for (int k = 0; k < 10_000; k++) {
                                self.interrupt();
                            }
                        });
                        return new byte[1 << 20];
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(result).hasSize(1 << 20);
        }
    }

    /** The collector that the documentation names used to clash with the default one. */
    @Test
    void anotherCollectorMayBeChosen() throws Exception {
        try (TaskExecutor other =
                ProcessPool.builder().workers(1).jvmOptions("-XX:+UseG1GC").build()) {
            assertThat(other.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    /** The worker used to keep to the default maximum. */
    @Test
    void theMaximumLengthMayBeRaised() throws Exception {
        Transport wide = Transport.unixSocket().withMaxMessageLength(40 << 20);
        try (TaskExecutor other =
                ProcessPool.builder().workers(1).transport(wide).build()) {
            byte[] bytes = new byte[20 << 20];
            assertThat(other.submit(() -> bytes).get(30, TimeUnit.SECONDS)).hasSize(bytes.length);
        }
    }

    private static final class Insolent extends RuntimeException {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new AssertionError("writeObject");
        }

        @Override
        public String getMessage() {
            throw new AssertionError("getMessage");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new AssertionError("getCause");
        }
    }

    /** Each of these used to cost the worker, and the task was lost instead of failed. */
    @Test
    void anExceptionThatThrowsWhenAskedIsDescribed() throws Exception {
        TaskHandle<Integer> handle = executor.submit(() -> {
            throw new Insolent();
        });
        assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(RemoteTaskException.class, e -> assertThat(e.className())
                        .isEqualTo(Insolent.class.getName()));
    }

    private static final class Unwritable implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void anErrorWhileAResultIsWrittenIsTheTasksFailure() {
        TaskHandle<Object> handle = executor.submit(() -> new Unwritable());
        assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining(Unwritable.class.getName());
        assertThat(executor.stats().lost()).isZero();
    }

    @Test
    void anErrorWhileATaskIsWrittenIsARefusal() {
        Unwritable unwritable = new Unwritable();
        assertThatThrownBy(() -> executor.trySubmit(() -> unwritable.hashCode()))
                .isInstanceOfSatisfying(RejectedTaskException.class, e -> assertThat(e.reason())
                        .isEqualTo(RejectedTaskException.Reason.NOT_SERIALIZABLE));
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void anErrorWhileAnExceptionIsReadCostsNoWorker() throws Exception {
        long pid = executor.submit(() -> ProcessHandle.current().pid()).get();
        TaskHandle<Integer> handle = executor.submit(() -> {
            throw new Unreadable();
        });
        assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS)).cause().isInstanceOf(RemoteTaskException.class);
        assertThat(executor.submit(() -> ProcessHandle.current().pid()).get()).isEqualTo(pid);
    }

    private static final class Unending extends AbstractList<Object> implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // the point of it
        private final Object secret = new Object();

        @Override
        public Object get(int index) {
            return secret;
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }

    /** The search for the path used to walk such a list to its end. */
    @Test
    @Timeout(20)
    void aRefusalIsExplainedInTime() {
        Unending unending = new Unending();
        assertThatThrownBy(() -> executor.submit(() -> unending.size()))
                .isInstanceOf(RejectedTaskException.class)
                .hasMessageContaining("type=java.lang.Object");
    }

    /** A deadline that passed before the backend had the task used to be reported as saturation. */
    @Test
    void aDeadlineThatPassesDuringSubmitIsATimeout() {
        byte[] big = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
            TaskHandle<Integer> handle =
                    executor.with(o -> o.deadline(Duration.ofNanos(1))).submit(() -> big.length);
            assertThatThrownBy(() -> handle.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            assertThat(handle.outcome()).containsInstanceOf(TaskOutcome.TimedOut.class);
        }
        executor.close();
        assertThat(executor.stats().submitted()).isEqualTo(executor.stats().timedOut());
    }

    /** A callback that restored the interrupt flag used to end the slot's thread for good. */
    @Test
    void aCallbackThatInterruptsItsThreadHarmsNobody() throws Exception {
        for (int i = 0; i < 5; i++) {
            TaskHandle<Integer> handle = executor.submit(() -> {
                Thread.sleep(20);
                return 1;
            });
            CompletableFuture<Void> done = handle.toCompletableFuture()
                    .thenRun(() -> Thread.currentThread().interrupt());
            handle.get(20, TimeUnit.SECONDS);
            assertThat(Thread.interrupted() || done != null).isTrue();
        }
        assertThat(executor.submit(() -> 2).get(20, TimeUnit.SECONDS)).isEqualTo(2);
    }

    /** What a task left behind used to outlive the executor. */
    @Test
    void processesLeftByTasksAreGoneAfterClose() throws Exception {
        long child = executor.submit(() ->
                        new ProcessBuilder("sleep", "300").inheritIO().start().pid())
                .get(20, TimeUnit.SECONDS);
        executor.close();
        await().until(() -> ProcessHandle.of(child).isEmpty()); // killed; its new parent has to notice
    }
}
