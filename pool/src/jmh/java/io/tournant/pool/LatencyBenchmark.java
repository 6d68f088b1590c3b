package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * How long it takes a pool that sleeps to start a task. The median counts: now and then the system puts the thread that is
 * woken behind the one that has woken it, for milliseconds, whatever the pool, and a mean is made of those.
 */
@BenchmarkCase(
        suite = "pool.idle",
        name = "latency",
        figures = {
            @Figure(
                    value = Quantity.SCORE,
                    peers = {"fjp", "fjpAsync"},
                    floor = 0.9,
                    goal = 1.0),
            @Figure(value = Quantity.SCORE)
        })
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LatencyBenchmark {
    /** Ours. */
    @Benchmark
    public void ours(Contender.Ours it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** Fjp. */
    @Benchmark
    public void fjp(Contender.Fjp it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** FjpAsync. */
    @Benchmark
    public void fjpAsync(Contender.FjpAsync it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** Fixed. */
    @Benchmark
    public void fixed(Contender.Fixed it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** Transfer. */
    @Benchmark
    public void transfer(Contender.Transfer it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** Virtual. */
    @Benchmark
    public void virtual(Contender.Virtual it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** Kotlin. */
    @Benchmark
    public void kotlin(Contender.Kotlin it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** Cats. */
    @Benchmark
    public void cats(Contender.Cats it, Sleep sleep) {
        sleep.wake(it.executor);
    }

    /** Zio. */
    @Benchmark
    public void zio(Contender.Zio it, Sleep sleep) {
        sleep.wake(it.executor);
    }
}
