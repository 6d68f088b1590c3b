package io.tournant.pool;

/**
 * What one worker has done; counted by its thread.
 *
 * @param executed tasks run to their end
 * @param forked tasks forked
 * @param stolen tasks taken from other workers
 * @param injected tasks taken from those submitted from outside
 * @param parks how often it went to sleep
 */
record WorkerCounters(Counter executed, Counter forked, Counter stolen, Counter injected, Counter parks) {

    WorkerCounters() {
        this(new Counter(), new Counter(), new Counter(), new Counter(), new Counter());
    }
}
