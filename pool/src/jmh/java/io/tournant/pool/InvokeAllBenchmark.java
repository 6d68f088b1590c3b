package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a thousand computations cost that a thread from outside waits for. */
@BenchmarkCase(
        suite = "pool.submit",
        name = "invokeAll",
        figures = {@Figure(value = Quantity.SCORE, floor = 0.95, goal = 1.0)})
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InvokeAllBenchmark {
    /** Ours. */
    @Benchmark
    public long ours(Contender.Ours it, Jobs jobs) throws Exception {
        return jobs.invokeAll((ExecutorService) it.executor);
    }

    /** Fjp. */
    @Benchmark
    public long fjp(Contender.Fjp it, Jobs jobs) throws Exception {
        return jobs.invokeAll((ExecutorService) it.executor);
    }

    /** FjpAsync. */
    @Benchmark
    public long fjpAsync(Contender.FjpAsync it, Jobs jobs) throws Exception {
        return jobs.invokeAll((ExecutorService) it.executor);
    }

    /** Fixed. */
    @Benchmark
    public long fixed(Contender.Fixed it, Jobs jobs) throws Exception {
        return jobs.invokeAll((ExecutorService) it.executor);
    }

    /** Transfer. */
    @Benchmark
    public long transfer(Contender.Transfer it, Jobs jobs) throws Exception {
        return jobs.invokeAll((ExecutorService) it.executor);
    }

    /** Virtual. */
    @Benchmark
    public long virtual(Contender.Virtual it, Jobs jobs) throws Exception {
        return jobs.invokeAll((ExecutorService) it.executor);
    }
}
