package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Eleven queens on a board: a task for each queen that can be set. */
@BenchmarkCase(
        suite = "pool.forkjoin",
        name = "nqueens",
        figures = @Figure(value = Quantity.SCORE, floor = 1.5, goal = 2.2))
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class QueensBenchmark {

    private static final int SIZE = 11;
    private static final int ALL = (1 << SIZE) - 1;
    private static final int SOLUTIONS = 2680;

    /** Tournant. */
    @Benchmark
    public void ours(Pools.Ours it) {
        Pools.check(SOLUTIONS, it.pool.invoke(new Fork(0, 0, 0)));
    }

    /** ForkJoinPool. */
    @Benchmark
    public void fjp(Pools.Fjp it) {
        Pools.check(SOLUTIONS, it.pool.invoke(new Recursive(0, 0, 0)));
    }

    private static final class Fork extends ForkTask<Integer> {
        private final int columns;
        private final int down;
        private final int up;

        Fork(int columns, int down, int up) {
            this.columns = columns;
            this.down = down;
            this.up = up;
        }

        @Override
        protected Integer compute() {
            int free = ALL & ~(columns | down | up);
            List<Fork> parts = new ArrayList<>(SIZE);
            int solutions = 0;
            for (int left = free; left != 0; left &= left - 1) {
                int place = left & -left;
                if ((columns | place) == ALL) {
                    solutions++;
                } else {
                    Fork part = new Fork(columns | place, (down | place) << 1, (up | place) >> 1);
                    part.fork();
                    parts.add(part);
                }
            }
            for (int i = parts.size() - 1; i >= 0; i--) {
                solutions += parts.get(i).join();
            }
            return solutions;
        }
    }

    private static final class Recursive extends RecursiveTask<Integer> {
        private final int columns;
        private final int down;
        private final int up;

        Recursive(int columns, int down, int up) {
            this.columns = columns;
            this.down = down;
            this.up = up;
        }

        @Override
        protected Integer compute() {
            int free = ALL & ~(columns | down | up);
            List<Recursive> parts = new ArrayList<>(SIZE);
            int solutions = 0;
            for (int left = free; left != 0; left &= left - 1) {
                int place = left & -left;
                if ((columns | place) == ALL) {
                    solutions++;
                } else {
                    Recursive part = new Recursive(columns | place, (down | place) << 1, (up | place) >> 1);
                    part.fork();
                    parts.add(part);
                }
            }
            for (int i = parts.size() - 1; i >= 0; i--) {
                solutions += parts.get(i).join();
            }
            return solutions;
        }
    }
}
