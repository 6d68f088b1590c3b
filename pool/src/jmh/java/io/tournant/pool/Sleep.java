package io.tournant.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A pool that has had nothing to do for a while. */
@State(Scope.Benchmark)
public class Sleep {

    private static final long IDLE_NANOS = 2_000_000;

    private final Practice practice = new Practice();
    private final Runnable task = () -> started = true;
    private volatile boolean started;

    /** Called by JMH before each task, outside of what is measured. */
    @Setup(Level.Invocation)
    public void sleep() {
        LockSupport.parkNanos(IDLE_NANOS);
    }

    /** Submits a task and looks until it has started. */
    void wake(Executor executor) {
        practice.once(() -> start(executor));
        start(executor);
    }

    private void start(Executor executor) {
        started = false;
        executor.execute(task);
        while (!started) {
            Thread.onSpinWait();
        }
    }
}
