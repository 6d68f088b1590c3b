/**
 * A channel over a two-way stream of frames: frames in, frames out, and how the connection ends.
 *
 * <p>{@link io.tournant.ipc.stream.StreamChannel} is made of an {@code Output}, an {@code Input} and an {@code Ending}; a
 * transport adds a {@link io.tournant.ipc.stream.Link}, or, if it moves bytes, a {@link io.tournant.ipc.stream.Wire} and has a
 * {@link io.tournant.ipc.stream.WireLink} on it.
 */
package io.tournant.ipc.stream;
