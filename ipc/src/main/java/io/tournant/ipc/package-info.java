/**
 * Channels between two processes on one machine, over transports that share one contract.
 *
 * <p>A {@link io.tournant.ipc.Transport Transport} opens a {@link io.tournant.ipc.Listener Listener} in one process; the
 * other process {@linkplain io.tournant.ipc.Transport#connect connects} with the listener's endpoint and
 * {@link io.tournant.ipc.Token Token}. Each side then holds a {@link io.tournant.ipc.Channel Channel}, which carries
 * {@link io.tournant.ipc.Message Messages} both ways until a {@link io.tournant.ipc.CloseReason CloseReason} ends it.
 *
 * <p>Two processes, or more, need no channel to share a {@link io.tournant.ipc.SharedBuffer SharedBuffer}: memory that is not
 * copied, with {@link io.tournant.ipc.SharedLong numbers} in it that they change atomically.
 *
 * <h2>Memory consistency effects</h2>
 *
 * Within one JVM, what a thread did before it sent a message <i>happens-before</i> what a thread does after it received
 * that message on the other end. Between processes a message is delivered whole, unchanged and in order, or not at all.
 */
package io.tournant.ipc;
