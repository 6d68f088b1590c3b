package io.tournant.core.task;

import io.tournant.core.Progress;
import io.tournant.core.Termination;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What few tasks need, kept out of the others. Made with the task, or by whoever first has something to put here. */
final class Annex {
    /*
     * Fields     reached by the classes that own them: gone by TaskState, unseen by HandleView, the others by ManagedTask
     */
    final @Nullable TimeLimits limits;
    final @Nullable TaskTimes times;

    @Nullable
    Object attachment;

    @Nullable
    CompletableFuture<Termination> gone;

    @Nullable
    Object unseen;

    Progress progress = Progress.NONE;

    Annex(@Nullable TimeLimits limits, @Nullable TaskTimes times) {
        this.limits = limits;
        this.times = times;
    }
}
