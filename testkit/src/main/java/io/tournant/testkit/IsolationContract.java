package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.core.Action;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a backend promises that does not share memory with its tasks, and one that outlives their crashes. */
public abstract class IsolationContract extends CloseContract {

    /** For subclasses. */
    protected IsolationContract() {}

    @Test
    @DisplayName("DESIGN 1.7: a capture that cannot be sent is refused at submit, with a message that names its type")
    void aCaptureThatCannotBeSentIsRefused() throws Exception {
        assumeCopies();
        Object unsendable = new Object();
        assertNotSerializable(() -> executor().submit(() -> unsendable.hashCode()), "java.lang.Object");
        assertNotSerializable(() -> executor().execute(() -> unsendable.notifyAll()), "java.lang.Object");
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    @Test
    @DisplayName("DESIGN 3: a process backend judges the object: a plain Runnable is refused at submit with advice")
    void aPlainRunnableIsRefused() throws Exception {
        assumeCopies();
        Runnable plain = () -> {};
        assertNotSerializable(() -> executor().submit(plain), "Action");
        assertNotSerializable(() -> executor().execute(plain), "Action");
        assertThat(executor().stats().rejected()).isEqualTo(2);
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    private static void assertNotSerializable(ThrowingCallable call, String named) {
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(call)
                .withMessageContaining(named)
                .extracting(RejectedTaskException::reason)
                .isEqualTo(RejectedTaskException.Reason.NOT_SERIALIZABLE);
    }

    @Test
    @DisplayName("FAULTS 24: a value that cannot be sent back is a failure that names its class")
    void aValueThatCannotBeSentBackIsAFailure() throws Exception {
        assumeCopies();
        TaskHandle<Object> handle = executor().submit(() -> new Object());
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withMessageContaining("java.lang.Object");
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    @Test
    @DisplayName("FAULTS 26: an exception that cannot be sent back is told with its class and message")
    void anExceptionThatCannotBeSentBackIsTold() throws Exception {
        assumeCopies();
        TaskHandle<Object> handle = executor().submit(() -> {
            throw new Unsendable("on purpose");
        });
        awaitEnd(handle);
        assertThat(handle.exceptionNow().toString())
                .contains(Unsendable.class.getName())
                .contains("on purpose");
    }

    /** An exception that cannot be serialized. */
    private static final class Unsendable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings({"serial", "unused"}) // the point
        private final Object unsendable = new Object();

        Unsendable(String message) {
            super(message);
        }
    }

    @Test
    @DisplayName(
            "FAULTS 4: a task that ends its process, as by Runtime.halt, is Lost, with the exit code, and the executor "
                    + "goes on")
    void haltCostsTheTaskOnly() throws Exception {
        assumeIsolatesCrashes();
        Tally runs = tally("runs");
        Action halt = crash(3);
        TaskHandle<?> handle = executor().submit(() -> {
            runs.add();
            halt.run();
        });
        assertLost(handle, new Crash.Exited(3));
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("FAULTS 3: System.exit in a task is Lost, with the exit code, and the executor goes on")
    void exitCostsTheTaskOnly() throws Exception {
        assumeRunsInOtherProcesses();
        for (int code = 4; code < 7; code++) {
            int exit = code;
            assertLost(executor().submit(() -> System.exit(exit)), new Crash.Exited(code));
        }
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    @Test
    @DisplayName("FAULTS 6: kill -9 while running is Lost, with the signal, and the executor goes on")
    void killCostsTheTaskOnly() throws Exception {
        assumeIsolatesCrashes();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        started.await();
        kill(handle);
        assertLost(handle, new Crash.Signal(9));
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    /** Asserts what there is to say of a task that went down with its process. */
    static void assertLost(TaskHandle<?> handle, Crash crash) throws Exception {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withCauseExactlyInstanceOf(WorkerCrashedException.class);
        WorkerCrashedException cause = (WorkerCrashedException) handle.exceptionNow();
        assertThat(cause.crash()).isEqualTo(crash);
        assertThat(cause.pid()).isPositive();
        assertThat(handle.outcome().orElseThrow()).isEqualTo(new TaskOutcome.Lost<>(cause));
        assertThat(handle.state()).isEqualTo(Future.State.FAILED);
        assertThat(gone(handle).abandoned()).isFalse();
    }

    @Test
    @DisplayName("DESIGN 1.2: a crash costs exactly the task that was running; queued tasks go elsewhere, none runs "
            + "twice")
    void aCrashCostsExactlyTheRunningTask() throws Exception {
        assumeIsolatesCrashes();
        assumeRunsTwoTasksAtOnce();
        Signal victimStarted = signal("victim-started");
        Signal bystanderStarted = signal("bystander-started");
        Signal release = signal("release");
        TaskHandle<String> victim = executor().submit(() -> victimStarted.hold(release));
        TaskHandle<String> bystander = executor().submit(() -> bystanderStarted.hold(release));
        victimStarted.await();
        bystanderStarted.await();
        Tally runs = tally("runs");
        List<TaskHandle<?>> queued = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            queued.add(executor().submit(() -> runs.add()));
        }
        kill(victim);
        assertLost(victim, new Crash.Signal(9));
        release.raise();
        assertThat(get(bystander)).isEqualTo("released");
        for (TaskHandle<?> handle : queued) {
            get(handle);
        }
        executor().close();
        assertThat(runs.count()).isEqualTo(20);
        assertThat(executor().stats().lost()).isEqualTo(1);
        assertThat(executor().stats().succeeded()).isEqualTo(21);
    }

    @Test
    @DisplayName("DESIGN 1.6: user code may print, close and fill its streams, and reads end of file")
    void tasksMayUseTheirStreams() throws Exception {
        assumeRunsInOtherProcesses();
        TaskHandle<Integer> abuse = executor().submit(() -> {
            for (int i = 0; i < 10_000; i++) {
                System.out.println(
                        "a hundred characters on standard output, which is not the channel to the parent process");
            }
            int read = System.in.read();
            System.out.close();
            System.err.close();
            System.in.close();
            return read;
        });
        assertThat(get(abuse)).isEqualTo(-1);
        for (int i = 0; i < 5; i++) {
            assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
        }
    }
}
