/**
 * What the author of a backend implements. A backend only places and runs; the executor in front of it owns admission,
 * deadlines, cancellation and statistics.
 *
 * <p>A {@link io.tournant.core.spi.TaskBackend} is handed {@link io.tournant.core.spi.TaskRun runs}. On a thread of this
 * JVM it calls {@link io.tournant.core.spi.TaskRun#run() run}; elsewhere it reports
 * {@link io.tournant.core.spi.TaskRun#begin begin} and exactly one end. A
 * {@link io.tournant.core.spi.TaskBackendProvider}, found by {@link java.util.ServiceLoader}, makes a backend known to
 * {@link io.tournant.core.TaskExecutor#open(String)}.
 */
package io.tournant.core.spi;
