package io.tournant.pool;

import java.util.concurrent.ForkJoinPool;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The pools for computations that fork and join, each with as many workers as there are processors. */
public final class Pools {

    private Pools() {}

    /** Tournant's. */
    @State(Scope.Benchmark)
    public static class Ours {
        /** The pool. */
        public WorkStealingPool pool;

        /** Called by JMH. */
        @Setup
        public void setUp() {
            pool = WorkStealingPool.builder().parallelism(Contender.THREADS).build();
        }

        /** Called by JMH. */
        @TearDown
        public void tearDown() {
            pool.close();
        }
    }

    /** The JDK's. */
    @State(Scope.Benchmark)
    public static class Fjp {
        /** The pool. */
        public ForkJoinPool pool;

        /** Called by JMH. */
        @Setup
        public void setUp() {
            pool = new ForkJoinPool(Contender.THREADS);
        }

        /** Called by JMH. */
        @TearDown
        public void tearDown() {
            pool.close();
        }
    }

    /** Lets no wrong result pass for a fast one. */
    static void check(long expected, long result) {
        if (result != expected) {
            throw new IllegalStateException("A wrong result. expected=" + expected + " result=" + result);
        }
    }
}
