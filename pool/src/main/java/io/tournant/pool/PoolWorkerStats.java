package io.tournant.pool;

/**
 * What one worker of a pool has done, read without stopping it: each number was true at some moment during the call.
 *
 * @param index which worker; those from the pool's parallelism on are spares
 * @param queued how many tasks wait in its deque
 * @param executed how many tasks it has run to their end, exceptionally or not; a fork that its forker joins before it is
 *     stolen is not counted
 * @param forked how many tasks were put into its deque: forked or submitted by its tasks, or brought there from elsewhere
 * @param stolen how many tasks it took from other workers
 * @param injected how many tasks it took from those submitted from outside
 * @param parks how often it went to sleep
 * @param wakes how often it was woken
 * @param uselessWakes how often it was woken and found nothing to do
 * @param busyNanos for how many nanoseconds, all in all, it ran tasks or took the next, blocked or not, without having to
 *     search; after a {@code shutdownNow} not counted any more
 */
public record PoolWorkerStats(
        int index,
        long queued,
        long executed,
        long forked,
        long stolen,
        long injected,
        long parks,
        long wakes,
        long uselessWakes,
        long busyNanos) {}
