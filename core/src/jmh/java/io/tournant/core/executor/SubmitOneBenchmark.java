package io.tournant.core.executor;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Figure.Limit;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * What a task costs from {@code submit} to {@code get} when it is the only one. Two wake-ups take most of the time, and
 * differ by more than the limits of the other cases, so none is stated here.
 */
@BenchmarkCase(
        suite = "core",
        name = "submit-one",
        figures = {
            @Figure(value = Quantity.SCORE, limit = Limit.EXTRA),
            @Figure(value = Quantity.CPU, limit = Limit.EXTRA),
            @Figure(value = Quantity.BYTES, limit = Limit.EXTRA, floor = 150)
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SubmitOneBenchmark {

    @Benchmark
    public void ours(Ours ours) throws Exception {
        Work.submitOne(ours.executor);
    }

    @Benchmark
    public void raw(Raw raw) throws Exception {
        Work.submitOne(raw.executor);
    }
}
