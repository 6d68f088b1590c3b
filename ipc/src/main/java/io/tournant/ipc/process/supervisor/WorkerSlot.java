package io.tournant.ipc.process.supervisor;

import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskRun;
import io.tournant.ipc.process.launch.StartFailedException;
import io.tournant.ipc.process.launch.WorkerLauncher;
import io.tournant.ipc.process.launch.WorkerProcess;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place of one worker: a thread that starts a worker, gives it one job after the other, and replaces it. */
final class WorkerSlot implements Runnable {
    /*
     * Overview   start -> (take a job -> carry it out -> report)* -> retire or bury -> start again, until the queue is
     *            closed. The story of a worker is told by this one thread; others only look at the current delivery.
     * Fields     starting, current, closing   guarded by the monitor of this
     */
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSlot.class);

    private final String name;
    private final WorkerLauncher launcher;
    private final JobQueue queue;
    private final StartHealth health;
    private final Answers answers;
    private final Escalation escalation;
    private @Nullable Process starting;
    private @Nullable Delivery current;
    private boolean closing;

    WorkerSlot(
            String name,
            WorkerLauncher launcher,
            JobQueue queue,
            StartHealth health,
            Answers answers,
            Escalation escalation) {
        this.name = name;
        this.launcher = launcher;
        this.queue = queue;
        this.health = health;
        this.answers = answers;
        this.escalation = escalation;
    }

    @Override
    public void run() {
        try {
            while (!queue.isClosed()) {
                WorkerProcess worker = start();
                if (worker != null) {
                    health.cameUp();
                    serve(worker);
                    health.wentDown();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("The thread of a worker was interrupted from outside and gives up. worker={}", name, e);
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable WorkerProcess start() throws InterruptedException {
        try {
            return launcher.start(name, this::onSpawned);
        } catch (StartFailedException e) {
            health.failed(e);
            return null;
        } finally {
            onStarted();
        }
    }

    /** Gives the worker jobs until it is gone. */
    private void serve(WorkerProcess worker) throws InterruptedException {
        try {
            giveJobs(worker);
        } catch (RuntimeException | Error e) { // no memory, or a defect of ours: the slot must go on
            LOG.error("A worker could not be served and is replaced. worker={}", worker, e);
            worker.kill();
        }
    }

    private void giveJobs(WorkerProcess worker) throws InterruptedException {
        for (Job job = take(worker); job != null; job = take(worker)) {
            if (!execute(worker, job)) {
                return;
            }
        }
        if (!worker.process().isAlive()) {
            LOG.warn("An idle worker process died and is replaced. worker={} exit={}", name, worker.process().exitValue());
        }
        worker.retire();
    }

    private @Nullable Job take(WorkerProcess worker) throws InterruptedException {
        return queue.take(worker.process()::isAlive);
    }

    /** Returns whether the worker can take another job; if not, it is gone. */
    private boolean execute(WorkerProcess worker, Job job) throws InterruptedException {
        if (!job.run().begin(worker.placement())) {
            return true; // cancelled while it waited
        }
        Delivery delivery = new Delivery(job, worker, answers, escalation);
        onDelivering(delivery);
        Report report;
        try {
            report = delivery.carryOut();
        } catch (RuntimeException | Error e) {
            job.run().fail(e);
            throw e;
        } finally {
            onDelivering(null);
        }
        switch (report) {
            case Report.Answered answered -> {
                answered.end().accept(job.run());
                if (!answered.workerUsable()) {
                    worker.retire();
                }
                return answered.workerUsable();
            }
            case Report.NeverBegan neverBegan -> {
                if (!queue.putBack(job)) {
                    job.run().lose(neverBegan.crash());
                }
            }
            case Report.Died died -> job.run().lose(died.crash());
        }
        return false;
    }

    // ------------------------------------------------------------------ what others see

    private synchronized void onSpawned(Process process) {
        starting = process;
        CompletableFuture<Void> _ = process.onExit().thenRun(queue::wake);
        if (closing) {
            process.destroyForcibly();
        }
    }

    private synchronized void onStarted() {
        starting = null;
    }

    private synchronized void onDelivering(@Nullable Delivery delivery) {
        current = delivery;
        if (closing && delivery != null) {
            delivery.kill();
        }
    }

    /** Cancels a run if this slot's worker has it. */
    void cancel(TaskRun<?> run, CancelMode mode) {
        Delivery delivery = current();
        if (delivery != null && delivery.isOf(run)) {
            delivery.cancel(mode);
        }
    }

    void showRunning(Consumer<? super TaskRun<?>> visitor) {
        Delivery delivery = current();
        if (delivery != null) {
            visitor.accept(delivery.run());
        }
    }

    private synchronized @Nullable Delivery current() {
        return current;
    }

    /** Ends a worker that is starting or busy; one that is idle sees the closed queue. */
    synchronized void close() {
        closing = true;
        if (starting != null) {
            starting.destroyForcibly();
        }
        if (current != null) {
            current.kill();
        }
    }
}
