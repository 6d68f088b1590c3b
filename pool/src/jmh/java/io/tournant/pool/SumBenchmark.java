package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A sum of a million hashes, four thousand at a time. */
@BenchmarkCase(
        suite = "pool.forkjoin",
        name = "sum",
        figures = @Figure(value = Quantity.SCORE, floor = 1.0, goal = 1.05))
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SumBenchmark {

    private static final int SIZE = 1_000_000;
    private static final int CUT_OFF = 4000;

    /** What is summed. */
    @State(Scope.Benchmark)
    public static class Numbers {
        private final long[] all = new long[SIZE];
        private long sum;

        /** Called by JMH. */
        @Setup
        public void setUp() {
            for (int i = 0; i < SIZE; i++) {
                all[i] = i;
                sum += Mixing.mix(i);
            }
        }
    }

    /** Tournant. */
    @Benchmark
    public void ours(Pools.Ours it, Numbers numbers) {
        Pools.check(numbers.sum, it.pool.invoke(new Fork(numbers.all, 0, SIZE)));
    }

    /** ForkJoinPool. */
    @Benchmark
    public void fjp(Pools.Fjp it, Numbers numbers) {
        Pools.check(numbers.sum, it.pool.invoke(new Recursive(numbers.all, 0, SIZE)));
    }

    private static final class Fork extends ForkTask<Long> {
        private final long[] numbers;
        private final int from;
        private final int to;

        Fork(long[] numbers, int from, int to) {
            this.numbers = numbers;
            this.from = from;
            this.to = to;
        }

        @Override
        protected Long compute() {
            if (to - from <= CUT_OFF) {
                long sum = 0;
                for (int i = from; i < to; i++) {
                    sum += Mixing.mix(numbers[i]);
                }
                return sum;
            }
            int middle = (from + to) >>> 1;
            Fork left = new Fork(numbers, from, middle);
            left.fork();
            return new Fork(numbers, middle, to).compute() + left.join();
        }
    }

    private static final class Recursive extends RecursiveTask<Long> {
        private final long[] numbers;
        private final int from;
        private final int to;

        Recursive(long[] numbers, int from, int to) {
            this.numbers = numbers;
            this.from = from;
            this.to = to;
        }

        @Override
        protected Long compute() {
            if (to - from <= CUT_OFF) {
                long sum = 0;
                for (int i = from; i < to; i++) {
                    sum += Mixing.mix(numbers[i]);
                }
                return sum;
            }
            int middle = (from + to) >>> 1;
            Recursive left = new Recursive(numbers, from, middle);
            left.fork();
            return new Recursive(numbers, middle, to).compute() + left.join();
        }
    }
}
