package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What processor time the JVM takes in a tenth of a second in which tasks come seldom. */
@BenchmarkCase(
        suite = "pool.idle",
        name = "cpu",
        figures = {
            @Figure(
                    value = Quantity.CPU,
                    peers = {"fjp", "fjpAsync"},
                    floor = 0.9,
                    goal = 1.0),
            @Figure(value = Quantity.CPU)
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrickleBenchmark {
    /** Ours. */
    @Benchmark
    public void ours(Contender.Ours it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** Fjp. */
    @Benchmark
    public void fjp(Contender.Fjp it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** FjpAsync. */
    @Benchmark
    public void fjpAsync(Contender.FjpAsync it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** Fixed. */
    @Benchmark
    public void fixed(Contender.Fixed it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** Transfer. */
    @Benchmark
    public void transfer(Contender.Transfer it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** Virtual. */
    @Benchmark
    public void virtual(Contender.Virtual it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** Kotlin. */
    @Benchmark
    public void kotlin(Contender.Kotlin it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** Cats. */
    @Benchmark
    public void cats(Contender.Cats it, Trickle trickle) {
        trickle.submit(it.executor);
    }

    /** Zio. */
    @Benchmark
    public void zio(Contender.Zio it, Trickle trickle) {
        trickle.submit(it.executor);
    }
}
