/**
 * Tasks in child JVMs: the backend {@code process}.
 *
 * <p>{@link io.tournant.ipc.process.ProcessPool} opens an executor over warm worker JVMs. A worker that crashes costs the
 * task it was running and nothing else.
 */
package io.tournant.ipc.process;
