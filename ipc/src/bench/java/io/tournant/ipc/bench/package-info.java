/**
 * Benchmarks of the transports: ours, those of others, and what C gets out of the kernel. {@link
 * io.tournant.ipc.bench.IpcBench} says who is compared with whom.
 *
 * <p>A pair of JVMs is a {@link io.tournant.ipc.bench.Driver}, which measures, and an {@link io.tournant.ipc.bench.Echo}.
 * To add one, write a {@link io.tournant.ipc.bench.Medium} and name it there.
 */
@NullMarked
package io.tournant.ipc.bench;

import org.jspecify.annotations.NullMarked;
