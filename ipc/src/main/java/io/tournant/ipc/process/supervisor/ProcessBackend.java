package io.tournant.ipc.process.supervisor;

import io.tournant.core.BackendTraits;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import io.tournant.ipc.process.codec.ObjectCodec;
import io.tournant.ipc.process.codec.UnsendableException;
import io.tournant.ipc.process.launch.WorkerLauncher;
import io.tournant.ipc.process.launch.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Runs tasks in child JVMs: encodes on the submitter's thread, queues, and leaves the rest to the workers' slots. */
public final class ProcessBackend implements TaskBackend {

    private final JobQueue queue = new JobQueue();
    private final Escalation escalation = new Escalation();
    private final ObjectCodec codec;
    private final int maxTaskLength;
    private final List<WorkerSlot> slots = new ArrayList<>();
    private final CompletableFuture<Void> gone;

    /** Makes a backend and begins to start its workers. */
    public ProcessBackend(int workers, WorkerSettings settings, ObjectCodec codec) {
        this.codec = codec;
        maxTaskLength = settings.transport().maxMessageLength();
        WorkerLauncher launcher = new WorkerLauncher(settings);
        StartHealth health = new StartHealth(queue);
        Answers answers = new Answers(codec);
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (int i = 1; i <= workers; i++) {
            String name = "tournant-process-worker-" + i;
            WorkerSlot slot = new WorkerSlot(name, launcher, queue, health, answers, escalation);
            slots.add(slot);
            try {
                ends.add(startThread(name, slot));
            } catch (Throwable e) { // no thread to be had
                queue.close();
                slots.forEach(WorkerSlot::close);
                throw e;
            }
        }
        gone = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> startThread(String name, WorkerSlot slot) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                slot.run();
            } finally {
                end.complete(null);
            }
        });
        return end;
    }

    @Override
    public BackendTraits traits() {
        return BackendTraits.processes();
    }

    @Override
    public OptionalInt parallelism() {
        return OptionalInt.of(slots.size());
    }

    @Override
    public void prepare(TaskRun<?> run) {
        byte[] code = encode(run);
        Job _ = fitting(run, code); // now, where the submitter can be told
        run.attach(code);
    }

    @Override
    public void start(TaskRun<?> run) {
        Job job = fitting(run, run.attachment() instanceof byte[] prepared ? prepared : encode(run));
        if (!queue.add(job)) {
            throw new RejectedTaskException(
                    Reason.SHUTDOWN, "The process backend is shut down and takes no more tasks");
        }
    }

    private Job fitting(TaskRun<?> run, byte[] code) {
        Job job = new Job(run, code);
        if (job.lengthBytes() > maxTaskLength) {
            throw new RejectedTaskException(
                    Reason.UNSUPPORTED,
                    "The task captures too much to be sent to another process. Hand over a file's name instead, or raise"
                            + " the maximum. length=" + job.lengthBytes() + " max=" + maxTaskLength);
        }
        return job;
    }

    private byte[] encode(TaskRun<?> run) {
        try {
            return codec.encode("task", run.body());
        } catch (UnsendableException e) {
            throw new RejectedTaskException(Reason.NOT_SERIALIZABLE, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void cancel(TaskRun<?> run, CancelMode mode) {
        slots.forEach(slot -> slot.cancel(run, mode));
    }

    @Override
    public void drainTo(Collection<? super TaskRun<?>> unstarted) {
        queue.drainUndelivered().forEach(job -> unstarted.add(job.run()));
    }

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {
        slots.forEach(slot -> slot.showRunning(visitor));
        queue.delivered().forEach(job -> visitor.accept(job.run()));
    }

    @Override
    public CompletionStage<Void> shutdown() {
        for (Job job : queue.close()) {
            job.run().lose(closed());
        }
        slots.forEach(WorkerSlot::close);
        escalation.close();
        return gone;
    }

    private static WorkerCrashedException closed() {
        String reason = "The executor was closed before the task could be given to another worker";
        return new WorkerCrashedException(reason, new Crash.StartFailed(reason), 0, Duration.ZERO, "");
    }
}
