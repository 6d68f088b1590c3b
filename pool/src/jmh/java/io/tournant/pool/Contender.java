package io.tournant.pool;

import cats.effect.unsafe.IORuntime;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import scala.concurrent.ExecutionContext;

/** Who is compared: each with as many threads as there are processors, as it comes. */
@State(Scope.Benchmark)
public abstract class Contender {

    static final int THREADS = Runtime.getRuntime().availableProcessors();

    /** What tasks are given to. */
    public Executor executor;

    abstract Executor open();

    /** Called by JMH. */
    @Setup
    public void setUp() {
        executor = open();
    }

    /** Called by JMH; what the frameworks keep for themselves are daemons. */
    @TearDown
    public void tearDown() {
        if (executor instanceof ExecutorService service) {
            service.shutdownNow();
        }
    }

    /** Tournant's. */
    public static class Ours extends Contender {
        @Override
        Executor open() {
            return WorkStealingPool.builder().parallelism(THREADS).build();
        }
    }

    /** The JDK's, in its usual mode. */
    public static class Fjp extends Contender {
        @Override
        Executor open() {
            return new ForkJoinPool(THREADS);
        }
    }

    /** The JDK's, in the mode for tasks that are never joined. */
    public static class FjpAsync extends Contender {
        @Override
        Executor open() {
            return new ForkJoinPool(THREADS, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
        }
    }

    /** The JDK's pool of a fixed number of threads on one LinkedBlockingQueue. */
    public static class Fixed extends Contender {
        @Override
        Executor open() {
            return Executors.newFixedThreadPool(THREADS);
        }
    }

    /** The same on a LinkedTransferQueue. */
    public static class Transfer extends Contender {
        @Override
        Executor open() {
            return new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedTransferQueue<>());
        }
    }

    /** A virtual thread for each task. */
    public static class Virtual extends Contender {
        @Override
        Executor open() {
            return Executors.newVirtualThreadPerTaskExecutor();
        }
    }

    /** Kotlin's default dispatcher. */
    public static class Kotlin extends Contender {
        @Override
        Executor open() {
            return ExecutorsKt.asExecutor(Dispatchers.getDefault());
        }
    }

    /** The work-stealing pool of cats-effect. */
    public static class Cats extends Contender {
        @Override
        Executor open() {
            ExecutionContext pool = IORuntime.createWorkStealingComputeThreadPool(
                            THREADS,
                            IORuntime.createWorkStealingComputeThreadPool$default$2(),
                            IORuntime.createWorkStealingComputeThreadPool$default$3(),
                            IORuntime.createWorkStealingComputeThreadPool$default$4(),
                            IORuntime.createWorkStealingComputeThreadPool$default$5(),
                            IORuntime.createWorkStealingComputeThreadPool$default$6(),
                            IORuntime.createWorkStealingComputeThreadPool$default$7(),
                            IORuntime.createWorkStealingComputeThreadPool$default$8(),
                            IORuntime.createWorkStealingComputeThreadPool$default$9())
                    ._1();
            return pool::execute;
        }
    }

    /** ZIO's scheduler. */
    public static class Zio extends Contender {
        @Override
        Executor open() {
            return zio.Runtime.defaultExecutor().asJava();
        }
    }
}
