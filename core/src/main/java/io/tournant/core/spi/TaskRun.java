package io.tournant.core.spi;

import io.tournant.core.Placement;
import io.tournant.core.Progress;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.WorkerCrashedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One task, seen by the backend that executes it: the only way to move it to running and to an outcome.
 *
 * <p>A backend on threads of this JVM calls {@link #run()} and nothing else. A backend that places tasks elsewhere calls
 * {@link #begin(Placement)} when user code is about to start, and then exactly one of {@link #succeed}, {@link #fail} and
 * {@link #lose} when it has ended, also when the task was cancelled meanwhile: for a cancelled task that call is the
 * news that the work is gone, and its argument is ignored. If the submitter wants the task tried again, the executor starts
 * the same run once more after that; to the backend it is as new.
 *
 * <h2>Thread safety</h2>
 *
 * All methods may be called from any thread. None blocks, but {@code run}, which executes the task.
 *
 * @param <T> the type of the task's value
 */
public interface TaskRun<T extends @Nullable Object> extends Runnable {

    /**
     * Returns the id of the task.
     *
     * @return the id that the submitter sees
     */
    TaskId id();

    /**
     * Returns what the submitter asked for.
     *
     * @return the options
     */
    TaskOptions options();

    /**
     * Returns the code to execute: what was submitted, together with the context that it takes along. A {@code Runnable} or {@link io.tournant.core.Action} comes wrapped in a callable that
     * is serializable if what it wraps is.
     *
     * @return the code
     * @throws IllegalStateException if the task has ended
     */
    Callable<T> body();

    /**
     * Returns which attempt the run is in.
     *
     * @return 1, and one more for each time the run was started again
     */
    int attempt();

    /**
     * Returns how much is left until the deadline of the task, which counts from its submission over all attempts.
     *
     * @return the time left, zero if it is over, or empty if there is no deadline
     */
    Optional<Duration> untilDeadline();

    /**
     * Keeps something of the backend's with the run until it ends, such as the encoded task.
     *
     * @param attachment the object, or null for none; replaces the one before
     */
    void attach(@Nullable Object attachment);

    /**
     * Returns what the backend has attached.
     *
     * @return the object, or null for none
     */
    @Nullable
    Object attachment();

    /**
     * Executes the task on the calling thread, from {@code begin} to its end. Does nothing if the task was cancelled
     * before it began. Throws nothing, and leaves the thread's interrupt flag clear.
     */
    @Override
    void run();

    /**
     * Moves the task from ready to running. If whatever was to execute a begun task dies before any code of the user's
     * has run, the task may begin again in another place; it stays running meanwhile.
     *
     * @param placement where it runs
     * @return false if the task has been cancelled: it must not run, and the run is over for the backend
     */
    boolean begin(Placement placement);

    /**
     * Passes a report of the task on to its handle.
     *
     * @param progress the report
     */
    void progress(Progress progress);

    /**
     * Reports that the task returned.
     *
     * @param value what it returned
     * @throws IllegalStateException if the run has not begun, or its end was reported before
     */
    void succeed(T value);

    /**
     * Reports that the task threw, or, for a run that has not begun, that it cannot be executed.
     *
     * @param cause what it threw
     * @throws IllegalStateException if the end of the run was reported before
     */
    void fail(Throwable cause);

    /**
     * Reports that whatever executed the task died, or, for a run that has not begun, that nothing can be found to
     * execute it.
     *
     * @param cause how it died
     * @throws IllegalStateException if the end of the run was reported before
     */
    void lose(WorkerCrashedException cause);
}
