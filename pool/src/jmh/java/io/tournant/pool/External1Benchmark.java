package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a task costs that comes from outside, from 1 thread at the same time. */
@BenchmarkCase(
        suite = "pool.submit",
        name = "external1",
        figures = {
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"fjp", "fjpAsync"},
                    floor = 2.0,
                    goal = 3.0),
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"fixed"},
                    floor = 2.0,
                    goal = 3.0),
            @Figure(value = Quantity.SCORE),
            @Figure(value = Quantity.BYTES, limit = Figure.Limit.OURS, floor = 8, goal = 5)
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class External1Benchmark {
    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void ours(Contender.Ours it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** Fjp. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void fjp(Contender.Fjp it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** FjpAsync. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void fjpAsync(Contender.FjpAsync it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** Fixed. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void fixed(Contender.Fixed it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** Transfer. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void transfer(Contender.Transfer it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** Virtual. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void virtual(Contender.Virtual it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** Kotlin. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void kotlin(Contender.Kotlin it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** Cats. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void cats(Contender.Cats it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }

    /** Zio. */
    @Benchmark
    @OperationsPerInvocation(Outside.TASKS)
    public void zio(Contender.Zio it, Outside outside) throws Exception {
        outside.submit(1, it.executor);
    }
}
