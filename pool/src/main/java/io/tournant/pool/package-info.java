/**
 * The work-stealing pool.
 *
 * <p>{@link io.tournant.pool.WorkStealingPool} is a {@link java.util.concurrent.ExecutorService} whose workers each
 * have a deque of their own. A task that a worker submits goes to that deque; a task from outside goes through the
 * injector; a worker that has none looks outside and then steals from the others; one that finds nothing anywhere
 * sleeps, and a submission wakes it.
 *
 * <p><b>Memory consistency effects.</b> What a thread does before it submits a task happens before the task runs, and
 * what the task does happens before a {@link java.util.concurrent.Future#get()} for it returns.
 */
package io.tournant.pool;
