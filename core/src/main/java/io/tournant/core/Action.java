package io.tournant.core;

import java.io.Serializable;

/**
 * A computation without a value that may be sent to another process: a {@link Runnable} that is also
 * {@link Serializable}.
 *
 * @see Task
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {}
