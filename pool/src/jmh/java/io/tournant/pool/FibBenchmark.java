package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a fork and its join cost where a task does nothing else: Fibonacci numbers without a cut-off. */
@BenchmarkCase(
        suite = "pool.forkjoin",
        name = "fib",
        figures = @Figure(value = Quantity.SCORE, floor = 1.5, goal = 2.5))
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FibBenchmark {

    private static final int N = 27;
    private static final int RESULT = 196_418;
    private static final int FORKS = 317_810;

    /** Tournant. */
    @Benchmark
    @OperationsPerInvocation(FORKS)
    public void ours(Pools.Ours it) {
        Pools.check(RESULT, it.pool.invoke(new Fork(N)));
    }

    /** ForkJoinPool. */
    @Benchmark
    @OperationsPerInvocation(FORKS)
    public void fjp(Pools.Fjp it) {
        Pools.check(RESULT, it.pool.invoke(new Recursive(N)));
    }

    private static final class Fork extends ForkTask<Integer> {
        private final int n;

        Fork(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Fork left = new Fork(n - 1);
            left.fork();
            return new Fork(n - 2).compute() + left.join();
        }
    }

    private static final class Recursive extends RecursiveTask<Integer> {
        private final int n;

        Recursive(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Recursive left = new Recursive(n - 1);
            left.fork();
            return new Recursive(n - 2).compute() + left.join();
        }
    }
}
