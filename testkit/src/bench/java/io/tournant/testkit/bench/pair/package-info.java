/**
 * Compares pairs of processes that send each other messages. A pair is a command: it starts its second process by itself,
 * takes the {@link io.tournant.testkit.bench.pair.Step steps} of its work from its last arguments, and prints a
 * {@link io.tournant.testkit.bench.pair.Measured} line for each, whatever language it is written in.
 */
@NullMarked
package io.tournant.testkit.bench.pair;

import org.jspecify.annotations.NullMarked;
