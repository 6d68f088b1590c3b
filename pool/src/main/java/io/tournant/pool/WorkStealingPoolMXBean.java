package io.tournant.pool;

/**
 * A pool as management clients see it, if it was built with {@link WorkStealingPool.Builder#jmx}: the numbers of {@link
 * PoolStats}, under the name {@code io.tournant.pool:type=WorkStealingPool,name="<pool>"}.
 *
 * <p><b>Thread safety.</b> All methods may be called by any thread; none blocks.
 */
public interface WorkStealingPoolMXBean {

    /**
     * Tells where the pool is in its life.
     *
     * @return RUNNING, SHUTDOWN, STOP or TERMINATED
     */
    String getState();

    /**
     * See {@link PoolStats#parallelism}.
     *
     * @return the number of workers, without spares
     */
    int getParallelism();

    /**
     * See {@link PoolStats#threads}.
     *
     * @return how many workers have a thread
     */
    int getThreads();

    /**
     * See {@link PoolStats#queued}.
     *
     * @return how many tasks wait
     */
    long getQueued();

    /**
     * See {@link PoolStats#executed}.
     *
     * @return how many tasks have ended
     */
    long getExecuted();

    /**
     * See {@link PoolStats#forked}.
     *
     * @return how many tasks came from tasks of the pool
     */
    long getForked();

    /**
     * See {@link PoolStats#stolen}.
     *
     * @return how many tasks a worker took from another
     */
    long getStolen();

    /**
     * See {@link PoolStats#injected}.
     *
     * @return how many tasks came from outside
     */
    long getInjected();

    /**
     * See {@link PoolStats#wakes}.
     *
     * @return how often a worker was woken
     */
    long getWakes();

    /**
     * See {@link PoolStats#uselessWakes}.
     *
     * @return how often a worker was woken for nothing
     */
    long getUselessWakes();

    /**
     * See {@link PoolStats#compensations}.
     *
     * @return how often a spare was put to work
     */
    long getCompensations();
}
