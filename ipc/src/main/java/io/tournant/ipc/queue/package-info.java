/**
 * POSIX message queues: a pair of them carries the bytes of a channel, and the socket over which they were offered shows
 * when the peer is gone.
 */
package io.tournant.ipc.queue;
