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

/** What a hop costs where two tasks submit each other in turn. */
@BenchmarkCase(
        suite = "pool.submit",
        name = "pingPong",
        figures = {
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"cats"},
                    floor = 0.6,
                    goal = 1.0),
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"fjp", "fjpAsync"},
                    floor = 2.5,
                    goal = 6.0),
            @Figure(value = Quantity.SCORE)
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PingPongBenchmark {
    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void ours(Contender.Ours it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** Fjp. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void fjp(Contender.Fjp it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** FjpAsync. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void fjpAsync(Contender.FjpAsync it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** Fixed. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void fixed(Contender.Fixed it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** Transfer. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void transfer(Contender.Transfer it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** Virtual. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void virtual(Contender.Virtual it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** Kotlin. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void kotlin(Contender.Kotlin it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** Cats. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void cats(Contender.Cats it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }

    /** Zio. */
    @Benchmark
    @OperationsPerInvocation(Inside.TASKS)
    public void zio(Contender.Zio it, Inside inside) throws Exception {
        inside.pingPong(it.executor);
    }
}
