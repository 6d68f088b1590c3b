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

/** What a task costs that a task of the pool submits, one after the other. */
@BenchmarkCase(
        suite = "pool.submit",
        name = "fanOut",
        figures = {
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"cats"},
                    floor = 0.85,
                    goal = 1.1),
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"fjp", "fjpAsync"},
                    floor = 1.3,
                    goal = 1.7),
            @Figure(value = Quantity.SCORE)
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanOutBenchmark {
    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void ours(Contender.Ours it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** Fjp. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void fjp(Contender.Fjp it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** FjpAsync. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void fjpAsync(Contender.FjpAsync it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** Fixed. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void fixed(Contender.Fixed it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** Transfer. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void transfer(Contender.Transfer it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** Virtual. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void virtual(Contender.Virtual it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** Kotlin. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void kotlin(Contender.Kotlin it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** Cats. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void cats(Contender.Cats it, Inside inside) {
        inside.fanOut(it.executor);
    }

    /** Zio. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void zio(Contender.Zio it, Inside inside) {
        inside.fanOut(it.executor);
    }
}
