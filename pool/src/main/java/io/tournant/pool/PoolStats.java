package io.tournant.pool;

/**
 * What a pool has done and what it holds, added up over its workers without stopping them: each number was true at some
 * moment during the call, not all at the same one.
 *
 * @param parallelism the number of workers, without spares
 * @param threads how many workers, spares included, have a thread; threads are started when there is work for them
 * @param searching how many workers look for a task just now
 * @param queued how many tasks are accepted and not started
 * @param executed how many tasks were started and have ended, exceptionally or not
 * @param forked how many tasks came from tasks of the pool, forked or submitted, or moved from one worker to another; a
 *     fork that its forker joins before it is stolen is not counted as executed
 * @param stolen how many tasks a worker took from another
 * @param injected how many tasks a worker took from those submitted from outside
 * @param parks how often a worker went to sleep
 * @param wakes how often a worker was woken
 * @param uselessWakes how often a worker was woken and found nothing to do
 * @param compensations how often a spare was put to work because workers were blocked
 */
public record PoolStats(
        int parallelism,
        int threads,
        int searching,
        long queued,
        long executed,
        long forked,
        long stolen,
        long injected,
        long parks,
        long wakes,
        long uselessWakes,
        long compensations) {}
