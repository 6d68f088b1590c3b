package io.tournant.core;

/**
 * What differs between backends, so that code and tests can ask instead of guessing from a name.
 *
 * @param sharesMemory the task works on the submitter's own objects; otherwise on copies, and what it captures and
 *     returns must be serializable
 * @param isolatesCrashes the death of the process that runs a task costs that task only
 * @param endsWork cancellation with interruption, timeout and deadline end the work even if it ignores them
 * @param runsInCaller {@code submit} runs the task on the calling thread and returns when it has ended
 */
public record BackendTraits(boolean sharesMemory, boolean isolatesCrashes, boolean endsWork, boolean runsInCaller) {

    /**
     * Returns the traits of a backend on threads of this JVM.
     *
     * @return shared memory, no isolation
     */
    public static BackendTraits threads() {
        return new BackendTraits(true, false, false, false);
    }

    /**
     * Returns the traits of a backend that runs tasks on the submitting thread.
     *
     * @return as {@link #threads()}, in the caller
     */
    public static BackendTraits caller() {
        return new BackendTraits(true, false, false, true);
    }

    /**
     * Returns the traits of a backend that runs tasks in child processes.
     *
     * @return no shared memory, isolation, work that can be ended
     */
    public static BackendTraits processes() {
        return new BackendTraits(false, true, true, false);
    }
}
