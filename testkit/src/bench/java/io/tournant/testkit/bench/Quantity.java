package io.tournant.testkit.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Something that a run measures for each operation. */
public enum Quantity {
    /** What JMH measures in the mode of the benchmark: the time of an operation, or operations in a unit of time. */
    SCORE(""),
    /** Processor time of the whole JVM, compiler and collector included. */
    CPU("-cpu"),
    /** Bytes allocated by all threads. */
    BYTES("-bytes");

    private final String suffix;

    Quantity(String suffix) {
        this.suffix = suffix;
    }

    /** Returns what is appended to the name of the case. */
    String suffix() {
        return suffix;
    }

    /** Returns the unit in which {@link #of} returns the quantity, {@code ns} for the cost of an operation. */
    String unit(Mode mode, TimeUnit scale) {
        return switch (this) {
            case SCORE -> isCost(mode) ? abbreviation(scale) : "ops/" + abbreviation(scale);
            case CPU -> "ns";
            case BYTES -> "B";
        };
    }

    /** Returns whether less is better. */
    boolean isCost(Mode mode) {
        return this != SCORE || mode != Mode.Throughput;
    }

    /** Returns the median over the iterations of a run, which one disturbed iteration does not move. */
    double of(RunResult run) {
        Result<?> result =
                switch (this) {
                    case SCORE -> run.getPrimaryResult();
                    case CPU -> run.getSecondaryResults().get(CpuProfiler.LABEL);
                    case BYTES -> run.getSecondaryResults().get("gc.alloc.rate.norm");
                };
        if (result == null) {
            throw new IllegalStateException("JMH did not measure it: quantity=" + this + " benchmark="
                    + run.getParams().getBenchmark());
        }
        return result.getStatistics().getPercentile(50);
    }

    private static String abbreviation(TimeUnit unit) {
        return switch (unit) {
            case NANOSECONDS -> "ns";
            case MICROSECONDS -> "us";
            case MILLISECONDS -> "ms";
            case SECONDS -> "s";
            case MINUTES, HOURS, DAYS ->
                throw new IllegalArgumentException("Benchmarks are shorter than that: unit=" + unit);
        };
    }
}
