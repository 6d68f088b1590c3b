package io.tournant.testkit.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class of JMH benchmarks that do the same work in different ways: one method is named {@code ours}, each other method
 * is a peer and names it. Each combination of the JMH parameters is a case of its own.
 *
 * <p>Every method checks its result, so that one that loses work fails instead of looking fast. Mode and unit are JMH's:
 * the average time is a cost, the throughput a rate. Forks, iterations and their length are the harness's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface BenchmarkCase {

    /** Returns the suite, which {@code -Dbench=…} selects: the module's name, or one that begins with it. */
    String suite();

    /** Returns the name within the suite; the values of parameters are appended to it. */
    String name();

    /** Returns what to print, a line for each. */
    Figure[] figures() default @Figure(Quantity.SCORE);
}
