package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tournant.core.Task;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.spi.ContextElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a task takes along from its submitter, finds in its worker, and may ask of its executor. */
public abstract class NestingContract extends ObservationContract {

    private static final ThreadLocal<@Nullable String> TENANT = new ThreadLocal<>();

    /** For subclasses. */
    protected NestingContract() {}

    /** Something that belongs to a thread. */
    private enum Tenant implements ContextElement<String> {
        TOLD;

        @Override
        public @Nullable String capture() {
            String tenant = TENANT.get();
            if ("forbidden".equals(tenant)) {
                throw new IllegalStateException("on purpose");
            }
            return tenant;
        }

        @Override
        public Scope install(String value) {
            if (value.equals("unknown here")) {
                throw new IllegalStateException("on purpose");
            }
            String before = TENANT.get();
            TENANT.set(value);
            return () -> TENANT.set(before);
        }
    }

    private static String tenant() {
        return String.valueOf(TENANT.get());
    }

    private <T> T as(String tenant, Task<T> action) throws Exception {
        TENANT.set(tenant);
        try {
            return action.call();
        } finally {
            TENANT.remove();
        }
    }

    @Test
    @DisplayName(
            "ContextElement: \"Something that belongs to the submitter's thread and is to be there for its task as well\"")
    void contextIsCarriedToTheTask() throws Exception {
        executor(o -> o.carry(Tenant.TOLD));
        TaskHandle<String> handle = as("acme", () -> executor().submit(NestingContract::tenant));
        assertThat(get(handle)).isEqualTo("acme");
    }

    @Test
    @DisplayName(
            "ContextElement.install: \"puts back what was there before\": the next task on the thread does not find it")
    void contextLeavesWithTheTask() throws Exception {
        executor(o -> o.carry(Tenant.TOLD));
        for (int i = 0; i < 5; i++) {
            assertThat(get(as("acme", () -> executor().submit(NestingContract::tenant))))
                    .isEqualTo("acme");
            assertThat(get(executor().submit(NestingContract::tenant))).isEqualTo("null");
        }
        assertThat(tenant()).isEqualTo("null");
    }

    @Test
    @DisplayName("ContextElement.capture: called by submit once: each attempt finds what was there then")
    void contextIsThereInEachAttempt() throws Exception {
        executor(o -> o.carry(Tenant.TOLD));
        TaskHandle<String> handle =
                as("acme", () -> executor().with(o -> o.retry(AT_ONCE)).submit(() -> {
                    if (TaskContext.current().attempt() == 1) {
                        throw new IllegalStateException("on purpose");
                    }
                    return tenant();
                }));
        assertThat(get(handle)).isEqualTo("acme");
    }

    @Test
    @DisplayName(
            "ContextElement.capture: \"what it throws, they throw\"; install: \"If it throws, the task fails with that\"")
    void contextThatThrowsIsNotIgnored() throws Exception {
        executor(o -> o.carry(Tenant.TOLD));
        assertThatIllegalStateException()
                .isThrownBy(() -> as("forbidden", () -> executor().submit(() -> "never")));
        assertThat(executor().stats().submitted()).isZero();
        TaskHandle<String> handle = as("unknown here", () -> executor().submit(() -> "never"));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(get(executor().submit(() -> "next"))).isEqualTo("next");
    }

    @Test
    @DisplayName("ExecutorOptions.carryMdc: \"Carries SLF4J's MDC of the submitter's thread to the task's.\"")
    void mdcIsCarriedToTheTask() throws Exception {
        MDC.put("request", "42");
        try {
            assumeTrue("42".equals(MDC.get("request")), "No SLF4J provider with an MDC is installed");
            executor(o -> o.carryMdc());
            TaskHandle<String> handle = executor().submit(() -> MDC.get("request"));
            assertThat(get(handle)).isEqualTo("42");
        } finally {
            MDC.clear();
        }
        assertThat(get(executor().submit(() -> String.valueOf(MDC.get("request")))))
                .isEqualTo("null");
    }

    // ------------------------------------------------------------------ what a worker keeps

    private static List<String> workerAndState() {
        String worker =
                ProcessHandle.current().pid() + " " + Thread.currentThread().threadId();
        UUID state = TaskContext.current().workerState(UUID.class, UUID::randomUUID);
        return new ArrayList<>(List.of(worker, state.toString()));
    }

    @Test
    @DisplayName("TaskContext.workerState: \"the same object each time in this worker\"")
    void aWorkerKeepsItsState() throws Exception {
        Map<String, String> states = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            List<String> found = get(executor().submit(NestingContract::workerAndState));
            String known = states.putIfAbsent(found.get(0), found.get(1));
            assertThat(known == null || known.equals(found.get(1))).isTrue();
        }
        workers().ifPresent(count -> assertThat(states).hasSizeLessThanOrEqualTo(count));
        assertThat(states.values()).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("TaskContext.workerState: \"factory makes it; what it throws is thrown here\", and nothing is kept")
    void aStateThatCannotBeMadeIsMadeLater() throws Exception {
        TaskHandle<String> handle = executor().submit(() -> {
            TaskContext context = TaskContext.current();
            try {
                context.workerState(StringBuilder.class, () -> {
                    throw new IllegalStateException("on purpose");
                });
                return "no exception";
            } catch (IllegalStateException e) {
                return context.workerState(StringBuilder.class, () -> new StringBuilder("made later"))
                        .toString();
            }
        });
        assertThat(get(handle)).isEqualTo("made later");
    }

    // ------------------------------------------------------------------ nested submission

    @Test
    @DisplayName(
            "TaskContext.executor: \"the executor that the task was given to, so that it can submit others to it\"")
    void aTaskFindsItsExecutor() throws Exception {
        assumeSharesMemory();
        TaskHandle<String> outer = executor()
                .submit(() ->
                        TaskContext.current().executor().submit(() -> "inner").get());
        assertThat(get(outer)).isEqualTo("inner");
        Poll.until("both counts", () -> executor().stats().succeeded() == 2);
    }

    @Test
    @DisplayName("TaskContext.executor: \"UnsupportedOperationException - if the task runs in a worker process\"")
    void aTaskElsewhereHasNoExecutor() {
        assumeCopies();
        TaskHandle<String> handle =
                executor().submit(() -> TaskContext.current().executor().backend());
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withCauseExactlyInstanceOf(UnsupportedOperationException.class);
    }

    private static int countDown(int depth) throws Exception {
        if (depth == 0) {
            return 0;
        }
        TaskExecutor executor = TaskContext.current().executor();
        return 1 + executor.submit(() -> countDown(depth - 1)).get();
    }

    @Test
    @DisplayName("FAULTS 18: nested submission, all workers waiting by get: no starvation")
    void tasksThatWaitForTheirTasksDoNotStarve() throws Exception {
        assumeSharesMemory();
        List<TaskHandle<Integer>> handles = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            handles.add(executor().submit(() -> countDown(10)));
        }
        for (TaskHandle<Integer> handle : handles) {
            assertThat(get(handle)).isEqualTo(10);
        }
    }

    private static int fibonacci(int n) throws Exception {
        if (n < 2) {
            return n;
        }
        List<Task<Integer>> both = List.of(() -> fibonacci(n - 1), () -> fibonacci(n - 2));
        int sum = 0;
        for (Future<Integer> part : TaskContext.current().executor().invokeAll(both)) {
            sum += part.resultNow();
        }
        return sum;
    }

    @Test
    @DisplayName("FAULTS 18: nested submission, all workers waiting by invokeAll: no starvation")
    void tasksThatInvokeTheirTasksDoNotStarve() throws Exception {
        assumeSharesMemory();
        assertThat(get(executor().submit(() -> fibonacci(8)))).isEqualTo(21);
    }

    @Test
    @DisplayName("FAULTS 18: nested submission in front of an executor's own line: no starvation")
    void tasksThatWaitInLineDoNotStarve() throws Exception {
        assumeSharesMemory();
        assumeRunsBesideTheCaller();
        executor(o -> o.concurrency(1));
        assertThat(get(executor().submit(() -> countDown(5)))).isEqualTo(5);
        assertThat(get(executor().submit(() -> fibonacci(5)))).isEqualTo(5);
    }
}
