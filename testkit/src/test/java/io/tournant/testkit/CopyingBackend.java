package io.tournant.testkit;

import io.tournant.core.BackendTraits;
import io.tournant.core.Placement;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RemoteTaskException;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.HostedTask;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs copies of tasks on two threads, as a backend on processes does, but for the processes. It shows that the
 * contract's tasks can be sent, and what the contract finds in a backend with a defect.
 */
final class CopyingBackend implements TaskBackend {

    /** What is wrong with a backend. */
    enum Defect {
        NONE,
        /** The third run is taken and forgotten. */
        DROPS_A_RUN,
        /** The code of each task is called twice. */
        RUNS_TWICE,
        /** Nothing reaches a task that is cancelled. */
        IGNORES_CANCELLATION,
        /** An exception becomes null. */
        HIDES_FAILURES,
        /** What waits is not given back. */
        KEEPS_ITS_QUEUE,
        /** A task whose cancellation is known to the submitter is reported as gone while it runs. */
        REPORTS_THE_END_EARLY,
        /** What cannot be sent fails later instead of being refused. */
        REFUSES_LATE
    }

    private final Defect defect;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<TaskRun<?>, HostedTask<?>> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
                @Override
                protected void terminated() {
                    gone.complete(null);
                }
            };

    CopyingBackend(Defect defect) {
        this.defect = defect;
    }

    @Override
    public BackendTraits traits() {
        return new BackendTraits(false, false, false, false);
    }

    /** A run with its code as bytes. */
    private final class Copy<T> implements Runnable {
        private final TaskRun<T> run;
        private final byte[] code;

        Copy(TaskRun<T> run) {
            this.run = run;
            code = encodeTask(run.body());
        }

        @Override
        public void run() {
            Callable<T> task;
            try {
                task = decode(code);
            } catch (IOException | ClassNotFoundException e) {
                run.fail(e);
                return;
            }
            Callable<T> body = defect == Defect.RUNS_TWICE ? twice(task) : task;
            HostedTask<T> hosted = HostedTask.of(run.id(), run.attempt(), here(), body, run::progress);
            running.put(run, hosted); // before it begins, so that no cancellation misses it
            if (run.begin(new Placement.Elsewhere("a copy"))) {
                hosted.run();
                report(hosted.handle().outcome());
            }
            running.remove(run);
        }

        /** The options as the far side must see them: the deadline counts from submit. */
        private TaskOptions here() {
            TaskOptions options = run.options();
            return run.untilDeadline()
                    .map(left -> options.deadline(left.isPositive() ? left : Duration.ofNanos(1)))
                    .orElse(options);
        }

        private void report(Optional<TaskOutcome<T>> outcome) {
            switch (outcome.orElseThrow()) {
                case TaskOutcome.Succeeded<T> succeeded -> succeed(succeeded.value());
                case TaskOutcome.Failed<T> failed -> fail(failed.cause());
                case TaskOutcome.Cancelled<T> cancelled -> end(() -> run.fail(new CancellationException()));
                case TaskOutcome.TimedOut<T> timedOut -> throw new AssertionError("limits are enforced at home");
                case TaskOutcome.Lost<T> lost -> throw new AssertionError("nothing dies here");
            }
        }

        private void succeed(T value) {
            try {
                T copy = decode(encode(value));
                end(() -> run.succeed(copy));
            } catch (IOException | ClassNotFoundException e) {
                end(() -> run.fail(e));
            }
        }

        private void fail(Throwable cause) {
            if (defect == Defect.HIDES_FAILURES) {
                end(() -> run.succeed(null));
                return;
            }
            try {
                Throwable copy = decode(encode(cause));
                end(() -> run.fail(copy));
            } catch (IOException | ClassNotFoundException e) {
                end(() -> run.fail(new RemoteTaskException(
                        cause.getClass().getName(), cause.getMessage(), List.of(cause.getStackTrace()))));
            }
        }

        private void end(Runnable report) {
            try {
                report.run();
            } catch (IllegalStateException e) {
                if (defect != Defect.REPORTS_THE_END_EARLY) {
                    throw e;
                }
            }
        }
    }

    private static <T> Callable<T> twice(Callable<T> task) {
        return () -> {
            task.call();
            return task.call();
        };
    }

    private byte[] encodeTask(Object task) {
        try {
            return encode(task);
        } catch (NotSerializableException e) {
            if (defect == Defect.REFUSES_LATE) {
                return new byte[0];
            }
            throw new RejectedTaskException(
                    RejectedTaskException.Reason.NOT_SERIALIZABLE,
                    "The task cannot be copied: type=" + e.getMessage() + ". Submit a Task or an Action.",
                    e);
        } catch (IOException e) {
            throw new RejectedTaskException(
                    RejectedTaskException.Reason.NOT_SERIALIZABLE, "The task cannot be copied: cause=" + e, e);
        }
    }

    private static byte[] encode(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the copy of a T is a T
    private static <T> T decode(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (T) in.readObject();
        }
    }

    @Override
    public void start(TaskRun<?> run) {
        Copy<?> copy = new Copy<>(run);
        if (defect != Defect.DROPS_A_RUN || taken.incrementAndGet() != 3) {
            threads.execute(copy);
        }
    }

    @Override
    public void cancel(TaskRun<?> run, CancelMode mode) {
        HostedTask<?> hosted = running.get(run);
        if (hosted == null || defect == Defect.IGNORES_CANCELLATION) {
            return;
        }
        hosted.cancel(mode);
        if (defect == Defect.REPORTS_THE_END_EARLY) {
            run.fail(new CancellationException());
        }
    }

    @Override
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {
        if (defect != Defect.KEEPS_ITS_QUEUE) {
            List<Runnable> queued = new ArrayList<>();
            threads.getQueue().drainTo(queued);
            queued.forEach(copy -> unstarted.add(((Copy<?>) copy).run));
        }
    }

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {
        running.keySet().forEach(visitor);
    }

    @Override
    public CompletionStage<Void> shutdown() {
        threads.shutdown();
        return gone;
    }
}
