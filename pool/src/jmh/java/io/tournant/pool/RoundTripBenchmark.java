package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a thread from outside waits for the result of a task. */
@BenchmarkCase(
        suite = "pool.submit",
        name = "roundTrip",
        figures = {
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"fixed"},
                    floor = 0.9,
                    goal = 1.0),
            @Figure(value = Quantity.SCORE)
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RoundTripBenchmark {
    /** Ours. */
    @Benchmark
    public int ours(Contender.Ours it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** Fjp. */
    @Benchmark
    public int fjp(Contender.Fjp it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** FjpAsync. */
    @Benchmark
    public int fjpAsync(Contender.FjpAsync it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** Fixed. */
    @Benchmark
    public int fixed(Contender.Fixed it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** Transfer. */
    @Benchmark
    public int transfer(Contender.Transfer it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** Virtual. */
    @Benchmark
    public int virtual(Contender.Virtual it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** Kotlin. */
    @Benchmark
    public int kotlin(Contender.Kotlin it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** Cats. */
    @Benchmark
    public int cats(Contender.Cats it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }

    /** Zio. */
    @Benchmark
    public int zio(Contender.Zio it, Inside inside) throws Exception {
        return inside.roundTrip(it.executor, 41);
    }
}
