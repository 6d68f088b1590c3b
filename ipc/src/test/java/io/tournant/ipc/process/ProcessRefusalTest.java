package io.tournant.ipc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.TaskExecutor;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be sent to another process is refused by submit, with the reason and what to do. */
@Timeout(60)
final class ProcessRefusalTest {

    private static TaskExecutor executor;

    @BeforeAll
    static void open() {
        executor = ProcessPool.builder().workers(1).heap("64m").build();
    }

    @AfterAll
    static void close() {
        executor.close(Duration.ofSeconds(10));
    }

    @AfterEach
    void theExecutorIsUnharmed() throws Exception {
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
    }

    private static void assertRefused(ThrowingCallable submit, Reason reason, String... words) {
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(submit)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void aCapturedObjectIsNamedWithItsTypeAndPath() {
        Map<String, Object> settings = new HashMap<>(Map.of("sockets", List.of(1, new Socket())));
        assertRefused(
                () -> executor.submit(() -> settings.size()),
                Reason.NOT_SERIALIZABLE,
                "type=java.net.Socket",
                "path=task.arg0[sockets][1]",
                "Serializable");
    }

    record Job(String name, Object payload) implements Serializable {}

    @Test
    void aFieldOfACapturedRecordIsNamed() {
        Job job = new Job("upload", new Object());
        assertRefused(
                () -> executor.submit(() -> job.name()),
                Reason.NOT_SERIALIZABLE,
                "type=java.lang.Object",
                "path=task.arg0.payload");
    }

    @Test
    void theEnclosingObjectIsNamedWhenALambdaCapturesIt() {
        assertRefused(
                () -> executor.submit(() -> this.hashCode()),
                Reason.NOT_SERIALIZABLE,
                "type=" + ProcessRefusalTest.class.getName(),
                "path=task.arg0");
    }

    @Test
    void aPlainRunnableIsRefusedWithAdvice() {
        ExecutorService plain = executor;
        Runnable runnable = () -> {};
        assertRefused(
                () -> plain.submit(runnable),
                Reason.NOT_SERIALIZABLE,
                ProcessRefusalTest.class.getName(),
                "Hand the lambda to submit or execute of a TaskExecutor directly");
        assertRefused(() -> plain.execute(runnable), Reason.NOT_SERIALIZABLE, "Action");
    }

    @Test
    void aPlainCallableIsRefusedWithAdvice() {
        ExecutorService plain = executor;
        Callable<Integer> callable = () -> 1;
        assertRefused(() -> plain.submit(callable), Reason.NOT_SERIALIZABLE, "Task or an Action");
    }

    @Test
    void aSerializableRunnableRunsEvenThroughAPlainVariable() throws Exception {
        ExecutorService plain = executor;
        Runnable runnable = (Runnable & Serializable) () -> {};
        assertThat(plain.submit(runnable, "done").get()).isEqualTo("done");
    }

    private static final class Thrower implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void fault21AWriteObjectThatThrowsIsReported() {
        Thrower thrower = new Thrower();
        assertRefused(
                () -> executor.submit(() -> thrower.hashCode()),
                Reason.NOT_SERIALIZABLE,
                "encoding it threw",
                "on purpose");
    }

    private static final class Link implements Serializable {
        private static final long serialVersionUID = 1;
        private Link next;
    }

    @Test
    void fault22AGraphTooDeepToEncodeIsReported() {
        Link first = new Link();
        Link last = first;
        for (int i = 0; i < 1_000_000; i++) {
            last.next = new Link();
            last = last.next;
        }
        assertRefused(() -> executor.submit(() -> first.hashCode()), Reason.NOT_SERIALIZABLE, "too deeply nested");
    }

    @Test
    void fault30ATaskAboveTheMaximumIsReported() {
        byte[] bytes = new byte[1 << 24];
        assertRefused(
                () -> executor.submit(() -> bytes.length), Reason.UNSUPPORTED, "captures too much", "max=16777216");
    }
}
