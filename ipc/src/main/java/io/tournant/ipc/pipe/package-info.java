/**
 * Pipes: a pair of FIFOs carries the bytes of a channel between two processes that have met at a socket, or between a
 * process and a child that it has started.
 */
package io.tournant.ipc.pipe;
