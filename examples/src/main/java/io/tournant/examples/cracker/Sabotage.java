package io.tournant.examples.cracker;

import io.tournant.core.Placement;
import io.tournant.core.Placement.Elsewhere;
import io.tournant.core.Placement.InProcess;
import io.tournant.core.Placement.OnThread;
import io.tournant.core.Progress;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskPhase;
import java.util.Optional;
import java.util.stream.Stream;

/** Kills a worker process, as the system does when memory runs out, to show that nothing but a task is lost with it. */
final class Sabotage {

    private Sabotage() {}

    /**
     * Kills the process of the last of the tasks that is at work in one, to judge by its progress: a task that is only on
     * its way to a worker would be given to another one, and not be lost.
     *
     * @param tasks in the order in which they were submitted
     * @return the process that was killed, or empty if none of the tasks is at work in a process now
     */
    static Optional<ProcessHandle> killWorker(Stream<? extends TaskHandle<?>> tasks) {
        return tasks.filter(task -> task.phase() == TaskPhase.RUNNING)
                .filter(task -> !task.progress().equals(Progress.NONE))
                .flatMap(task -> task.placement().stream())
                .flatMap(Sabotage::process)
                .reduce((_, last) -> last)
                .filter(ProcessHandle::destroyForcibly);
    }

    private static Stream<ProcessHandle> process(Placement placement) {
        return switch (placement) {
            case InProcess(long pid, String _) -> ProcessHandle.of(pid).stream();
            case OnThread _, Elsewhere _ -> Stream.empty();
        };
    }
}
