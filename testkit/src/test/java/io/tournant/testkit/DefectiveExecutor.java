package io.tournant.testkit;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool of two threads with a defect. */
final class DefectiveExecutor extends ThreadPoolExecutor {

    private final Flaw flaw;
    private final AtomicInteger taken = new AtomicInteger();

    /** What is wrong with it. */
    enum Flaw {
        NONE,
        /** The hundredth command is taken and forgotten. */
        DROPS_A_COMMAND,
        /** Every command runs twice. */
        RUNS_TWICE,
        /** Null is taken. */
        TAKES_NULL,
        /** Nobody is refused after shutdown. */
        TAKES_WHAT_COMES_LATE,
        /** What waits is not given back. */
        KEEPS_ITS_QUEUE,
        /** Nothing that runs is interrupted. */
        NEVER_INTERRUPTS,
        /** What runs is interrupted although nobody asked for that. */
        ALWAYS_INTERRUPTS,
        /** A cancelled task runs. */
        IGNORES_CANCELLATION,
        /** An exception is packed into another one. */
        WRAPS_FAILURES,
        /** {@code close} returns at once. */
        CLOSES_AT_ONCE,
        /** It says that it is terminated when it is shut down. */
        SPEAKS_TOO_SOON
    }

    DefectiveExecutor(Flaw flaw) {
        super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        this.flaw = flaw;
    }

    private boolean has(Flaw one) {
        return flaw == one;
    }

    @Override
    public void execute(Runnable command) {
        int number = taken.incrementAndGet();
        if (has(Flaw.TAKES_NULL) && command == null) {
            return;
        }
        if (has(Flaw.DROPS_A_COMMAND) && number == 100) {
            return;
        }
        if (has(Flaw.TAKES_WHAT_COMES_LATE) && isShutdown()) {
            return;
        }
        super.execute(has(Flaw.RUNS_TWICE) ? () -> twice(command) : command);
    }

    private static void twice(Runnable command) {
        command.run();
        command.run();
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new Defective<>(callable);
    }

    private final class Defective<T> extends FutureTask<T> {
        private final Callable<T> code;

        Defective(Callable<T> code) {
            super(() -> {
                try {
                    return code.call();
                } catch (Exception e) {
                    throw has(Flaw.WRAPS_FAILURES) ? new IllegalStateException(e) : e;
                }
            });
            this.code = code;
        }

        @Override
        public void run() {
            if (has(Flaw.IGNORES_CANCELLATION) && isCancelled()) {
                try {
                    code.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            super.run();
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return super.cancel(!has(Flaw.NEVER_INTERRUPTS) && (mayInterruptIfRunning || has(Flaw.ALWAYS_INTERRUPTS)));
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        if (has(Flaw.KEEPS_ITS_QUEUE) || has(Flaw.NEVER_INTERRUPTS)) {
            shutdown();
            return List.of();
        }
        return super.shutdownNow();
    }

    @Override
    public void close() {
        if (has(Flaw.CLOSES_AT_ONCE)) {
            shutdown();
        } else {
            super.close();
        }
    }

    @Override
    public boolean isTerminated() {
        return has(Flaw.SPEAKS_TOO_SOON) ? isShutdown() : super.isTerminated();
    }
}
