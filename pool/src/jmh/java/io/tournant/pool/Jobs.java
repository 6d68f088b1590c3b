package io.tournant.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A thousand computations of about so many microseconds each. */
@State(Scope.Benchmark)
public class Jobs {

    private static final int JOBS = 1000;
    private static final int ROUNDS_OF_A_MICROSECOND = 600;

    /** How long one takes, in microseconds. */
    @Param({"1", "10", "100"})
    public int micros;

    private final List<Callable<Long>> jobs = new ArrayList<>();
    private long expected;

    /** Called by JMH. */
    @Setup
    public void setUp() {
        int rounds = micros * ROUNDS_OF_A_MICROSECOND;
        for (int i = 0; i < JOBS; i++) {
            long seed = i;
            jobs.add(() -> hash(seed, rounds));
            expected += hash(seed, rounds);
        }
    }

    long invokeAll(ExecutorService executor) throws Exception {
        long sum = 0;
        for (Future<Long> future : executor.invokeAll(jobs)) {
            sum += future.get();
        }
        if (sum != expected) {
            throw new IllegalStateException("A wrong sum. expected=" + expected + " sum=" + sum);
        }
        return sum;
    }

    private static long hash(long seed, int rounds) {
        long hash = seed;
        for (int i = 0; i < rounds; i++) {
            hash = Mixing.mix(hash + i);
        }
        return hash;
    }
}
