package io.tournant.testkit;

import io.tournant.core.BackendTraits;
import io.tournant.core.Placement;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.io.IOException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what a backend on processes does, but for the processes, which are {@linkplain FakeProcess played}: so that what
 * concerns crashes is tested in milliseconds. It can be given a {@link Defect}, to show what the contract finds.
 */
final class IsolatingBackend implements TaskBackend {
    /*
     * Overview   submit: encode, queue. A process takes one job after the other; one that dies is replaced, and its job is
     *            lost if it had begun, else queued again.
     * Fields     everything that is not final   guarded by the monitor of this; reports are made without it
     */
    private final int count;
    private final Defect defect;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final Set<FakeProcess> processes = new HashSet<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private int deathsBeforeBegin;
    private int taken;
    private boolean shut;

    IsolatingBackend(int count) {
        this(count, Defect.NONE);
    }

    IsolatingBackend(int count, Defect defect) {
        this.count = count;
        this.defect = defect;
        synchronized (this) {
            for (int i = 0; i < count; i++) {
                startProcess();
            }
        }
    }

    private void startProcess() {
        FakeProcess process = new FakeProcess(this);
        processes.add(process);
        process.start();
    }

    /** Has as many processes die as there are jobs accepted next, each before the run begins. */
    synchronized void dieBeforeBegin(int deaths) {
        deathsBeforeBegin = deaths;
    }

    /** Returns what completes when its processes are gone. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    // ------------------------------------------------------------------ in

    @Override
    public BackendTraits traits() {
        return BackendTraits.processes();
    }

    @Override
    public OptionalInt parallelism() {
        return OptionalInt.of(defect == Defect.OVERSTATES_ITS_ROOM ? 1_000 * count : count);
    }

    @Override
    public void prepare(TaskRun<?> run) {
        run.attach(encode(run));
    }

    @Override
    public void start(TaskRun<?> run) {
        byte[] code = run.attachment() instanceof byte[] prepared ? prepared : encode(run);
        Job job = new Job(run, code, defect);
        if (defect == Defect.BEGINS_ON_ARRIVAL && !run.begin(new Placement.Elsewhere("nowhere yet"))) {
            return;
        }
        synchronized (this) {
            if (shut) {
                throw new RejectedTaskException(Reason.SHUTDOWN, "The backend is shut down");
            }
            taken++;
            boolean dropped = (defect == Defect.DROPS_A_RUN && taken == 3)
                    || (defect == Defect.DROPS_RETRIES && run.attempt() > 1);
            if (!dropped) {
                queue.addLast(job);
                notifyAll();
            }
        }
    }

    private byte[] encode(TaskRun<?> run) {
        try {
            return Copies.encode(run.body());
        } catch (NotSerializableException e) {
            if (defect == Defect.REFUSES_LATE) {
                return new byte[0];
            }
            throw new RejectedTaskException(
                    Reason.NOT_SERIALIZABLE,
                    "The task cannot be copied: type=" + e.getMessage() + ". Submit a Task or an Action.",
                    e);
        } catch (IOException e) {
            throw new RejectedTaskException(Reason.NOT_SERIALIZABLE, "The task cannot be copied: cause=" + e, e);
        }
    }

    // ------------------------------------------------------------------ what its processes do

    /** Waits for a job. Returns null if the process is to go. */
    @Nullable
    Job take(FakeProcess process) {
        synchronized (this) {
            while (queue.isEmpty() && !shut && !process.isDead()) {
                try {
                    wait();
                } catch (InterruptedException meantForATaskThatHasEnded) {
                    // looks again
                }
            }
            if (!process.isDead() && !queue.isEmpty()) {
                Job job = defect == Defect.REVERSES_ITS_QUEUE ? queue.removeLast() : queue.removeFirst();
                process.accept(job);
                return job;
            }
        }
        process.die(new Crash.Exited(0));
        return null;
    }

    synchronized boolean diesBeforeTheNextRunBegins() {
        return deathsBeforeBegin-- > 0;
    }

    boolean begin(Job job, Placement placement) {
        return defect == Defect.BEGINS_ON_ARRIVAL || job.run().begin(placement);
    }

    void worked(FakeProcess process) {
        if (defect == Defect.REPLACES_ITS_WORKERS) {
            process.die(new Crash.Exited(0));
        }
    }

    /** A process has died with a job in its hands, or without. */
    void buried(FakeProcess process, @Nullable Job orphan, boolean begun, WorkerCrashedException cause) {
        List<Job> lost = new ArrayList<>();
        boolean last;
        synchronized (this) {
            processes.remove(process);
            if (orphan != null && mayGoElsewhere(orphan, begun)) {
                queue.addFirst(orphan);
            } else if (orphan != null) {
                lost.add(orphan);
            }
            if (orphan != null && defect == Defect.LOSES_ITS_QUEUE_IN_A_CRASH) {
                lost.addAll(queue);
                queue.clear();
            }
            if (!shut) {
                startProcess();
            }
            notifyAll();
            last = processes.isEmpty();
        }
        for (Job job : lost) {
            report(job, cause);
        }
        if (last) {
            gone.complete(null);
        }
    }

    private boolean mayGoElsewhere(Job orphan, boolean begun) {
        boolean innocent = !begun || defect == Defect.RUNS_AGAIN_AFTER_A_CRASH;
        return innocent && orphan.mayBeDeliveredAgain() && !shut;
    }

    private void report(Job job, WorkerCrashedException cause) {
        if (defect == Defect.CALLS_A_CRASH_A_FAILURE) {
            job.run().fail(cause);
        } else {
            job.run().lose(cause);
        }
    }

    // ------------------------------------------------------------------ what its executor asks

    @Override
    public void cancel(TaskRun<?> run, CancelMode mode) {
        if (defect == Defect.IGNORES_CANCELLATION) {
            return;
        }
        for (FakeProcess process : living()) {
            Job job = jobOf(process);
            if (job != null && job.run().equals(run)) {
                cancel(process, job, mode);
            }
        }
    }

    private void cancel(FakeProcess process, Job job, CancelMode mode) {
        process.cancel(job, mode);
        if (mode == CancelMode.INTERRUPT && defect != Defect.NEVER_KILLS) {
            Executor afterGrace = CompletableFuture.delayedExecutor(
                    job.run().options().cancelGrace().toNanos(), TimeUnit.NANOSECONDS);
            afterGrace.execute(() -> process.killWith(job));
        }
        if (defect == Defect.REPORTS_THE_END_EARLY) {
            job.run().fail(new CancellationException());
        }
    }

    private synchronized List<FakeProcess> living() {
        return List.copyOf(processes);
    }

    private synchronized @Nullable Job jobOf(FakeProcess process) {
        return process.job();
    }

    @Override
    public synchronized void drainTo(Collection<? super TaskRun<?>> unstarted) {
        if (defect != Defect.KEEPS_ITS_QUEUE) {
            List<Job> drained =
                    queue.stream().filter(job -> !job.wasDelivered()).toList();
            queue.removeAll(drained);
            drained.forEach(job -> unstarted.add(job.run()));
        }
    }

    @Override
    public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {
        List<TaskRun<?>> shown = new ArrayList<>();
        synchronized (this) {
            for (FakeProcess process : processes) {
                Job job = process.job();
                if (job != null) {
                    shown.add(job.run());
                }
            }
            queue.stream().filter(Job::wasDelivered).forEach(job -> shown.add(job.run()));
        }
        if (defect != Defect.HIDES_WHAT_RUNS) {
            shown.forEach(visitor);
        }
    }

    @Override
    public CompletionStage<Void> shutdown() {
        List<Job> left;
        synchronized (this) {
            shut = true;
            left = List.copyOf(queue);
            queue.clear();
            notifyAll();
        }
        WorkerCrashedException closed = new WorkerCrashedException(
                "The backend was shut down", new Crash.StartFailed("shut down"), 0, Duration.ZERO, "");
        left.forEach(job -> job.run().lose(closed));
        for (FakeProcess process : living()) {
            if (jobOf(process) != null) {
                process.die(new Crash.Signal(9));
            }
        }
        return gone;
    }
}
