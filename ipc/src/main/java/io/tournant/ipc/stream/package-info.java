/**
 * A channel over any two-way byte stream: frames in, frames out, and how the connection ends.
 *
 * <p>{@link io.tournant.ipc.stream.StreamChannel} is made of an {@code Output}, an {@code Input} and an {@code Ending}; a
 * transport adds a {@link io.tournant.ipc.stream.Wire}.
 */
package io.tournant.ipc.stream;
