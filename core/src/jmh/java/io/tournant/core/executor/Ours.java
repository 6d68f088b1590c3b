package io.tournant.core.executor;

import java.util.concurrent.ExecutorService;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An executor behind our layer. Alone in its JVM, so that its calls are compiled as in a program that knows no other. */
@State(Scope.Benchmark)
public class Ours {

    @Param({"FIXED", "VIRTUAL", "FJP", "DIRECT"})
    public Station station;

    ExecutorService executor;

    @Setup
    public void open() {
        executor = station.ours();
    }

    @TearDown
    public void close() {
        executor.close();
    }
}
