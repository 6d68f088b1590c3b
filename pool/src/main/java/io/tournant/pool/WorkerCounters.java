package io.tournant.pool;

/**
 * What one worker has done; counted by its thread.
 *
 * @param steps the beginnings and the ends of tasks together: odd while one runs
 * @param stolen tasks taken from other workers
 * @param injected tasks taken from those submitted from outside
 * @param parks how often it went to sleep
 * @param wakes how often it was woken
 * @param uselessWakes how often it was woken and found nothing
 */
record WorkerCounters(
        Counter steps, Counter stolen, Counter injected, Counter parks, Counter wakes, Counter uselessWakes) {

    private static final int STEPS_OF_A_TASK = 2;

    WorkerCounters() {
        this(
                new Counter.Apart(),
                new Counter.Apart(),
                new Counter.Apart(),
                new Counter.Apart(),
                new Counter.Apart(),
                new Counter.Apart());
    }

    /** A task begins or ends. */
    void step() {
        steps.increment();
    }

    /** A task that was run inside of another has ended. */
    void nested() {
        steps.add(STEPS_OF_A_TASK);
    }

    boolean isInTask() {
        return steps.get() % STEPS_OF_A_TASK != 0;
    }

    /** Tasks run to their end. */
    long executed() {
        return steps.get() / STEPS_OF_A_TASK;
    }
}
