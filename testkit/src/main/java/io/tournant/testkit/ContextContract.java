package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tournant.core.Placement;
import io.tournant.core.Progress;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskId;
import io.tournant.core.TaskPhase;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a task knows of itself, and what its handle shows of it. */
public abstract class ContextContract extends TimeLimitContract {

    /** For subclasses. */
    protected ContextContract() {}

    @Test
    @DisplayName("TaskContext.id: \"The id that TaskHandle.id() returns to the submitter\"")
    void theContextKnowsTheId() throws Exception {
        TaskHandle<Long> handle =
                executor().submit(() -> TaskContext.current().id().value());
        assertThat(get(handle)).isEqualTo(handle.id().value());
    }

    @Test
    @DisplayName("TaskContext.current: \"IllegalStateException - if the calling thread executes no task\"; find is "
            + "empty")
    void outsideOfATaskThereIsNoContext() throws Exception {
        get(executor().submit(() -> "a task on this thread, where the backend runs it here"));
        assertThatIllegalStateException().isThrownBy(TaskContext::current);
        assertThat(TaskContext.find()).isEmpty();
    }

    @Test
    @DisplayName("TaskContext.find: \"Returns the context of the task that the calling thread executes\"")
    void insideOfATaskFindReturnsTheContext() throws Exception {
        assertThat(get(executor().submit(() -> TaskContext.find()
                        .map(TaskContext::id)
                        .equals(Optional.of(TaskContext.current().id())))))
                .isTrue();
    }

    @Test
    @DisplayName("TaskContext: \"All methods may be called from any thread, also after the task has ended.\"")
    void theContextOutlivesTheTask() throws Exception {
        assumeSharesMemory();
        TaskHandle<TaskContext> handle = executor().submit(TaskContext::current);
        TaskContext context = get(handle);
        assertThat(context.id()).isEqualTo(handle.id());
        assertThat(context.isCancelled()).isFalse();
        assertThat(context.remaining()).isEmpty();
        context.checkCancelled();
    }

    @Test
    @DisplayName("TaskHandle.id: unique in the submitting JVM")
    void idsAreUnique() {
        Set<TaskId> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(executor().submit(() -> "value").id());
        }
        assertThat(ids).hasSize(100);
    }

    @Test
    @DisplayName("TaskHandle.name: \"The name given by TaskOptions.name, or one made from the id\"")
    void theHandleHasAName() {
        assertThat(executor()
                        .with(o -> o.name("thumbnail"))
                        .submit(() -> "value")
                        .name())
                .isEqualTo("thumbnail");
        TaskHandle<String> unnamed = executor().submit(() -> "value");
        assertThat(unnamed.name()).contains(Long.toString(unnamed.id().value()));
    }

    @Test
    @DisplayName("TaskPhase: READY while it waits, RUNNING, TERMINATED; placement is empty before it begins")
    void phasesFollowEachOther() throws Exception {
        Signal releaseWorkers = occupyAllWorkers();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> started.hold(release));
        assertThat(handle.phase()).isEqualTo(TaskPhase.READY);
        assertThat(handle.placement()).isEmpty();
        releaseWorkers.raise();
        started.await();
        assertThat(handle.phase()).isEqualTo(TaskPhase.RUNNING);
        assertThat(handle.placement()).isPresent();
        release.raise();
        get(handle);
        assertThat(handle.phase()).isEqualTo(TaskPhase.TERMINATED);
    }

    @Test
    @DisplayName("TaskHandle.placement: \"where the task runs or ran\": the thread")
    void placementNamesTheThread() throws Exception {
        assumeSharesMemory();
        TaskHandle<String> handle =
                executor().submit(() -> Thread.currentThread().getName());
        String thread = get(handle);
        assertThat(handle.placement()).contains(new Placement.OnThread(thread));
    }

    @Test
    @DisplayName("TaskHandle.placement: \"where the task runs or ran\": the process")
    void placementNamesTheProcess() throws Exception {
        assumeRunsInOtherProcesses();
        TaskHandle<Long> handle =
                executor().submit(() -> ProcessHandle.current().pid());
        long pid = get(handle);
        assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(handle.placement()).get().isInstanceOfSatisfying(Placement.InProcess.class, place -> {
            assertThat(place.pid()).isEqualTo(pid);
            assertThat(place.worker()).isNotEmpty();
        });
    }

    @Test
    @DisplayName("TaskContext.progress: \"Reports progress to TaskHandle.progress()\", while the task runs")
    void progressIsShownWhileTheTaskRuns() throws Exception {
        assumeRunsBesideTheCaller();
        Signal started = signal("started");
        Signal release = signal("release");
        TaskHandle<String> handle = executor().submit(() -> {
            TaskContext.current().progress(1, 10, "first");
            TaskContext.current().progress(3, 10, "third");
            return started.hold(release);
        });
        started.await();
        Poll.until("progress", () -> handle.progress().equals(new Progress(3, 10, "third")));
    }

    @Test
    @DisplayName("TaskHandle.progress: \"the last report\", also after the end, or Progress.NONE")
    void theLastProgressStays() throws Exception {
        TaskHandle<String> silent = executor().submit(() -> "value");
        TaskHandle<?> talking = executor().submit(() -> TaskContext.current().progress(7, 0, "last"));
        get(silent);
        get(talking);
        assertThat(silent.progress()).isEqualTo(Progress.NONE);
        assertThat(talking.progress()).isEqualTo(new Progress(7, 0, "last"));
    }

    @Test
    @DisplayName("TaskContext.progress: \"IllegalArgumentException - if an amount is negative\"")
    void negativeProgressIsRefused() {
        TaskHandle<?> handle = executor().submit(() -> TaskContext.current().progress(-1, 0, ""));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(handle))
                .withCauseExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("FAULTS 18: a task may submit to its own executor")
    void aTaskMaySubmit() throws Exception {
        assumeSharesMemory();
        CompletableFuture<TaskHandle<String>> inner = new CompletableFuture<>();
        get(executor().submit(() -> inner.complete(executor().submit(() -> "inner"))));
        assertThat(get(get(inner))).isEqualTo("inner");
    }
}
