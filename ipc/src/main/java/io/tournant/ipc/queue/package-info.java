/**
 * POSIX message queues: a pair of them carries the bytes of a channel, and the socket over which they were offered shows
 * when the peer is gone. The only package that calls native code.
 */
package io.tournant.ipc.queue;
