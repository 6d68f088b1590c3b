package io.tournant.core.executor;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Figure.Limit;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a task costs from {@code submit} to {@code get} when many are under way. */
@BenchmarkCase(
        suite = "core",
        name = "submit-batch",
        figures = {
            @Figure(value = Quantity.SCORE, limit = Limit.EXTRA, floor = 200, goal = 100),
            @Figure(value = Quantity.CPU, limit = Limit.EXTRA, floor = 200, goal = 100),
            @Figure(value = Quantity.BYTES, limit = Limit.EXTRA, floor = 150)
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SubmitBatchBenchmark {

    @Benchmark
    @OperationsPerInvocation(Work.TASKS)
    public void ours(Ours ours) throws Exception {
        Work.submitBatch(ours.executor);
    }

    @Benchmark
    @OperationsPerInvocation(Work.TASKS)
    public void raw(Raw raw) throws Exception {
        Work.submitBatch(raw.executor);
    }
}
