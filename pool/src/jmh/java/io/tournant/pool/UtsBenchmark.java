package io.tournant.pool;

import io.tournant.testkit.bench.BenchmarkCase;
import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Quantity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Unbalanced tree search (Olivier and others, LCPC 2006): a binomial tree whose shape only its hashes tell. */
@BenchmarkCase(
        suite = "pool.forkjoin",
        name = "uts",
        figures = @Figure(value = Quantity.SCORE, floor = 1.4, goal = 2.0))
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class UtsBenchmark {

    private static final long ROOT = 19;
    private static final int CHILDREN_OF_ROOT = 2000;
    private static final int CHILDREN = 4;
    private static final double PROBABILITY = 0.2345;

    /** How large the tree is, counted without any pool. */
    @State(Scope.Benchmark)
    public static class Tree {
        private int nodes;

        /** Called by JMH. */
        @Setup
        public void count() {
            Deque<Long> unseen = new ArrayDeque<>();
            unseen.push(ROOT);
            while (!unseen.isEmpty()) {
                long seed = unseen.pop();
                nodes++;
                for (int i = children(seed) - 1; i >= 0; i--) {
                    unseen.push(child(seed, i));
                }
            }
        }
    }

    private static int children(long seed) {
        if (seed == ROOT) {
            return CHILDREN_OF_ROOT;
        }
        return (seed >>> 1) < PROBABILITY * Long.MAX_VALUE ? CHILDREN : 0;
    }

    private static long child(long seed, int number) {
        return Mixing.mix(seed + (number + 1) * 0x9E3779B97F4A7C15L);
    }

    /** Tournant. */
    @Benchmark
    public void ours(Pools.Ours it, Tree tree) {
        Pools.check(tree.nodes, it.pool.invoke(new Fork(ROOT)));
    }

    /** ForkJoinPool. */
    @Benchmark
    public void fjp(Pools.Fjp it, Tree tree) {
        Pools.check(tree.nodes, it.pool.invoke(new Recursive(ROOT)));
    }

    private static final class Fork extends ForkTask<Integer> {
        private final long seed;

        Fork(long seed) {
            this.seed = seed;
        }

        @Override
        protected Integer compute() {
            int children = children(seed);
            Fork[] parts = new Fork[children];
            for (int i = 0; i < children; i++) {
                parts[i] = new Fork(child(seed, i));
                parts[i].fork();
            }
            int nodes = 1;
            for (int i = children - 1; i >= 0; i--) {
                nodes += parts[i].join();
            }
            return nodes;
        }
    }

    private static final class Recursive extends RecursiveTask<Integer> {
        private final long seed;

        Recursive(long seed) {
            this.seed = seed;
        }

        @Override
        protected Integer compute() {
            int children = children(seed);
            Recursive[] parts = new Recursive[children];
            for (int i = 0; i < children; i++) {
                parts[i] = new Recursive(child(seed, i));
                parts[i].fork();
            }
            int nodes = 1;
            for (int i = children - 1; i >= 0; i--) {
                nodes += parts[i].join();
            }
            return nodes;
        }
    }
}
