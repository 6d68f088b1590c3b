package io.tournant.core.executor;

import io.tournant.core.task.ManagedTask;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The tasks that run on a thread of a submitter or of a task that waits for them, which the backend does not know. */
final class InCaller {

    private final Set<ManagedTask<?>> running = ConcurrentHashMap.newKeySet();

    /** Executes a task on the calling thread, if nobody else does, and leaves the thread's interrupt flag as it was. */
    void execute(ManagedTask<?> task) {
        boolean interrupted = Thread.interrupted(); // the caller's, not the task's
        running.add(task); // before it begins, so that whoever stops the executor finds it or it sees that
        try {
            task.run();
        } finally {
            running.remove(task);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void forEach(Consumer<? super ManagedTask<?>> visitor) {
        running.forEach(visitor);
    }
}
