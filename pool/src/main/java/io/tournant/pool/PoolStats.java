package io.tournant.pool;

/**
 * What a pool has done and what it holds, added up over its workers without stopping them: each number was true at some
 * moment during the call, not all at the same one.
 *
 * @param parallelism the number of workers
 * @param threads how many workers have a thread; threads are started when there is work for them
 * @param searching how many workers look for a task just now
 * @param queued how many tasks are accepted and not started
 * @param executed how many tasks were started and have ended, exceptionally or not
 * @param stolen how many tasks a worker took from another
 * @param injected how many tasks a worker took from those submitted from outside
 * @param parks how often a worker went to sleep
 */
public record PoolStats(
        int parallelism,
        int threads,
        int searching,
        long queued,
        long executed,
        long stolen,
        long injected,
        long parks) {}
