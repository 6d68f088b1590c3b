package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A merge sort of half a million numbers, four thousand at a time by the JDK. */
@BenchmarkCase(
        suite = "pool.forkjoin",
        name = "sort",
        figures = @Figure(value = Quantity.SCORE, floor = 1.0, goal = 1.05))
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SortBenchmark {

    private static final int SIZE = 500_000;
    private static final int CUT_OFF = 4000;

    /** What is sorted. */
    @State(Scope.Benchmark)
    public static class Numbers {
        private final int[] unsorted = new SplittableRandom(1).ints(SIZE).toArray();
        private final int[] expected = unsorted.clone();
        private final int[] all = new int[SIZE];
        private final int[] spare = new int[SIZE];

        /** Called by JMH. */
        @Setup
        public void setUp() {
            Arrays.sort(expected);
        }

        private void sort(BiConsumer<int[], int[]> algorithm) {
            System.arraycopy(unsorted, 0, all, 0, SIZE);
            algorithm.accept(all, spare);
            if (!Arrays.equals(all, expected)) {
                throw new IllegalStateException("The numbers are not sorted.");
            }
        }
    }

    private static void merge(int[] numbers, int[] spare, int from, int middle, int to) {
        System.arraycopy(numbers, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        for (int next = from; left < middle; next++) {
            numbers[next] = right == to || spare[left] <= numbers[right] ? spare[left++] : numbers[right++];
        }
    }

    /** Tournant. */
    @Benchmark
    public void ours(Pools.Ours it, Numbers numbers) {
        numbers.sort((all, spare) -> it.pool.invoke(new Fork(all, spare, 0, SIZE)));
    }

    /** ForkJoinPool. */
    @Benchmark
    public void fjp(Pools.Fjp it, Numbers numbers) {
        numbers.sort((all, spare) -> it.pool.invoke(new Recursive(all, spare, 0, SIZE)));
    }

    private static final class Fork extends ForkAction {
        private final int[] numbers;
        private final int[] spare;
        private final int from;
        private final int to;

        Fork(int[] numbers, int[] spare, int from, int to) {
            this.numbers = numbers;
            this.spare = spare;
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            if (to - from <= CUT_OFF) {
                Arrays.sort(numbers, from, to);
                return;
            }
            int middle = (from + to) >>> 1;
            invokeAll(new Fork(numbers, spare, from, middle), new Fork(numbers, spare, middle, to));
            merge(numbers, spare, from, middle, to);
        }
    }

    private static final class Recursive extends RecursiveAction {
        private final int[] numbers;
        private final int[] spare;
        private final int from;
        private final int to;

        Recursive(int[] numbers, int[] spare, int from, int to) {
            this.numbers = numbers;
            this.spare = spare;
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            if (to - from <= CUT_OFF) {
                Arrays.sort(numbers, from, to);
                return;
            }
            int middle = (from + to) >>> 1;
            invokeAll(new Recursive(numbers, spare, from, middle), new Recursive(numbers, spare, middle, to));
            merge(numbers, spare, from, middle, to);
        }
    }
}
