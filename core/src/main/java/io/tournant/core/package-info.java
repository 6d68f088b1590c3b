/**
 * Tasks and the executors that run them, on threads or in child processes.
 *
 * <p>Start at {@link io.tournant.core.TaskExecutor}: it takes {@link io.tournant.core.Task tasks} and returns
 * {@link io.tournant.core.TaskHandle handles}. The life of a task is
 * {@link io.tournant.core.TaskPhase CREATED, READY, RUNNING, TERMINATED}; how it ended is a
 * {@link io.tournant.core.TaskOutcome}.
 *
 * <h2>Memory consistency effects</h2>
 *
 * Actions in a thread before it submits a task <i>happen-before</i> the task's execution, which
 * <i>happens-before</i> a successful {@link io.tournant.core.TaskHandle#get() get} returns, as
 * {@link java.util.concurrent.ExecutorService} demands. Both hold within one JVM; where the task runs in another
 * process, arguments and result arrive whole or not at all.
 */
package io.tournant.core;
