/**
 * What an executor promises, as tests. The author of a backend extends {@link io.tournant.testkit.TaskExecutorContract}
 * and opens an executor on the backend; every test whose promise the backend's
 * {@linkplain io.tournant.core.BackendTraits traits} include is then run on it, and the others are reported as skipped
 * with the reason.
 *
 * <p>{@link io.tournant.testkit.BackendContract} tests the backend by itself, without an executor in front of it: extend it
 * first. {@link io.tournant.testkit.PromiseMatrix} prints what was kept where.
 *
 * <p>What a transport promises is {@link io.tournant.testkit.ChannelContract}; who extends it needs module
 * {@code io.tournant.ipc}, which nothing else here does. {@link io.tournant.testkit.PeerJvm} is for a right end that lives
 * in another JVM.
 *
 * <p>Each test's display name cites the promise: a sentence of the JDK's specification, or the section of Tournant's
 * design.
 */
package io.tournant.testkit;
