package io.tournant.core.executor;

import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.RunContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The tasks that run on a thread of a submitter or of a task that waits for them, which the backend does not know. */
final class InCaller {

    private final Set<Execution> running = ConcurrentHashMap.newKeySet();

    /** One try to execute a task: several may wait for the same task, and only one executes it. */
    private static final class Execution {
        private final ManagedTask<?> task;

        Execution(ManagedTask<?> task) {
            this.task = task;
        }
    }

    /** Executes a task on the calling thread, if nobody else does, and leaves the thread's interrupt flag as it was. */
    void execute(ManagedTask<?> task) {
        RunContext.aside(() -> executeAside(task));
    }

    private void executeAside(ManagedTask<?> task) {
        boolean interrupted = Thread.interrupted(); // the caller's, not the task's
        Execution execution = new Execution(task);
        running.add(execution); // before it begins, so that whoever stops the executor finds it or it sees that
        try {
            task.run();
        } finally {
            running.remove(execution);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void forEach(Consumer<? super ManagedTask<?>> visitor) {
        running.forEach(execution -> visitor.accept(execution.task));
    }
}
