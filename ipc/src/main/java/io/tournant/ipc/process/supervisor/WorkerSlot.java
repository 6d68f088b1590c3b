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
        while (!queue.isClosed()) {
            try {
                WorkerProcess worker = start();
                if (worker != null) {
                    serve(worker);
                }
            } catch (InterruptedException e) { // by code of the user's that ran on this thread; the slot goes on
                LOG.warn("The thread of a worker was interrupted; its worker is replaced. worker={}", name);
            } catch (RuntimeException | Error e) { // no memory, or a defect of ours; the slot goes on
                LOG.error("A worker could not be served and is replaced. worker={}", name, e);
            }
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
        health.cameUp();
        try {
            giveJobs(worker);
        } finally {
            worker.discard();
            health.wentDown();
        }
    }

    private void giveJobs(WorkerProcess worker) throws InterruptedException {
        boolean proven = false;
        Step step = executeNext(worker);
        while (step == Step.GOES_ON) {
            proven = true;
            step = executeNext(worker);
        }
        if (step == Step.WORKER_SPENT) {
            return;
        }
        if (!worker.process().isAlive()) {
            LOG.warn(
                    "An idle worker process died and is replaced. worker={} exit={}",
                    worker,
                    worker.process().exitValue());
            health.diedIdle(proven);
        }
        worker.retire();
    }

    /** What came of waiting for a job. */
    private enum Step {
        GOES_ON,
        NO_JOB,
        WORKER_SPENT
    }

    /** A frame of its own, so that this thread holds on to no job, and to nothing behind it, while it waits for the next. */
    private Step executeNext(WorkerProcess worker) throws InterruptedException {
        Job job = take(worker);
        if (job == null) {
            return Step.NO_JOB;
        }
        return execute(worker, job) ? Step.GOES_ON : Step.WORKER_SPENT;
    }

    private @Nullable Job take(WorkerProcess worker) throws InterruptedException {
        return queue.take(worker.process()::isAlive);
    }

    /** Returns whether the worker can take another job; if not, it is gone or is to be discarded. */
    private boolean execute(WorkerProcess worker, Job job) throws InterruptedException {
        Delivery delivery = new Delivery(job, worker, answers, escalation);
        onDelivering(delivery); // before it begins, so that whoever cancels a begun task finds it here
        Report report;
        try {
            if (!job.run().begin(worker.placement())) {
                delivery.drop();
                return true;
            }
            report = delivery.carryOut();
            if (delivery.isWorkerSpent() && report instanceof Report.Answered answered) {
                worker.retire(); // first, so that nothing of a task that is said to be gone is left
                report = answered.andSpent();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            onDelivering(null);
            job.run().fail(e);
            throw e;
        } finally {
            onDelivering(null);
        }
        boolean workerUsable = tell(report, job);
        Thread.interrupted(); // what hangs on a task's end is the user's code; this thread goes on to other tasks
        if (!workerUsable && report instanceof Report.Answered) {
            worker.retire();
        }
        return workerUsable;
    }

    /** Tells the task what became of it. Returns whether the worker can take another job. */
    private boolean tell(Report report, Job job) {
        switch (report) {
            case Report.Answered answered -> {
                answered.end().accept(job.run());
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
