package io.tournant.core;

/**
 * The news that a task's work is gone, or that nobody waits for it any longer.
 *
 * @param abandoned true if the work could not be ended: it was interrupted, and its
 *     {@linkplain TaskOptions#cancelGrace() grace} is over or its executor was closed, yet it may still run on its thread
 */
public record Termination(boolean abandoned) {}
