package io.tournant.testkit;

/** What is wrong with an {@link IsolatingBackend}. */
enum Defect {
    NONE,
    /** The third run is taken and forgotten. */
    DROPS_A_RUN,
    /** The code of each task is called twice. */
    RUNS_TWICE,
    /** Nothing reaches a task that is cancelled. */
    IGNORES_CANCELLATION,
    /** A process whose task ignores its interruption lives on. */
    NEVER_KILLS,
    /** An exception becomes null. */
    HIDES_FAILURES,
    /** What waits is not given back. */
    KEEPS_ITS_QUEUE,
    /** A task whose cancellation is known to the submitter is reported as gone while it runs. */
    REPORTS_THE_END_EARLY,
    /** What cannot be sent fails later instead of being refused. */
    REFUSES_LATE,
    /** The death of a process is reported as an exception of its task. */
    CALLS_A_CRASH_A_FAILURE,
    /** A task whose process died is given to the next one. */
    RUNS_AGAIN_AFTER_A_CRASH,
    /** With a process die the tasks that wait. */
    LOSES_ITS_QUEUE_IN_A_CRASH,
    /** A task is told that its first attempt is running, whichever is. */
    FORGETS_THE_ATTEMPT,
    /** A run that was started before is taken and forgotten. */
    DROPS_RETRIES,
    /** More runs are asked for than are executed at once. */
    OVERSTATES_ITS_ROOM,
    /** A run begins when it is taken, not when it is its turn. */
    BEGINS_ON_ARRIVAL,
    /** Nothing is shown of what runs. */
    HIDES_WHAT_RUNS,
    /** Each task has a process of its own. */
    REPLACES_ITS_WORKERS,
    /** What a task reports of itself goes nowhere. */
    DROPS_PROGRESS,
    /** The last in is the first out. */
    REVERSES_ITS_QUEUE
}
