/**
 * Runs the benchmarks of a module and prints what they measured as {@code BENCH} lines.
 *
 * <p>To add a case, write a class {@code …Benchmark} in the module's {@code src/jmh/java}, annotate it with
 * {@link io.tournant.testkit.bench.BenchmarkCase}, and give it one JMH method named {@code ours} and one for each peer,
 * named after the peer. That is all: the class is found, and so are the methods and the parameters of their states.
 */
@NullMarked
package io.tournant.testkit.bench;

import org.jspecify.annotations.NullMarked;
