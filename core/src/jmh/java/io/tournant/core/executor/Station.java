package io.tournant.core.executor;

import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** The pairs that are compared: the same threads behind our layer, and raw. */
public enum Station {
    /** The JDK's pool of a fixed number of platform threads. */
    FIXED {
        @Override
        TaskExecutor ours() {
            return TaskExecutors.platform(THREADS);
        }

        @Override
        ExecutorService raw() {
            return Executors.newFixedThreadPool(THREADS);
        }
    },
    /** A virtual thread for each task. */
    VIRTUAL {
        @Override
        TaskExecutor ours() {
            return TaskExecutors.virtual();
        }

        @Override
        ExecutorService raw() {
            return Executors.newVirtualThreadPerTaskExecutor();
        }
    },
    /** The JDK's work-stealing pool, behind the smallest backend there can be: nothing but the layer differs. */
    FJP {
        @Override
        TaskExecutor ours() {
            return TaskExecutors.over("fjp", new ForkJoinBackend(new ForkJoinPool(THREADS)));
        }

        @Override
        ExecutorService raw() {
            return new ForkJoinPool(THREADS);
        }
    },
    /** The thread that submits: no hand-over, so that the layer's own instructions are all there is. */
    DIRECT {
        @Override
        TaskExecutor ours() {
            return TaskExecutors.direct();
        }

        @Override
        ExecutorService raw() {
            return new InPlace();
        }
    };

    private static final int THREADS = 2;

    abstract TaskExecutor ours();

    abstract ExecutorService raw();

    /** Runs a {@code FutureTask} where it is submitted. */
    private static final class InPlace extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return true;
        }

        @Override
        public boolean isTerminated() {
            return true;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
