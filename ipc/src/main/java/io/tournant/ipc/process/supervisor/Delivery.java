package io.tournant.ipc.process.supervisor;

import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.TaskRun;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.process.launch.WorkerProcess;
import io.tournant.ipc.process.protocol.CancelRequest;
import io.tournant.ipc.process.protocol.MessageKind;
import io.tournant.ipc.process.protocol.ProgressReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job in the hands of one worker, from the request to the answer or the worker's death. */
final class Delivery {
    /*
     * Overview   The slot's thread sends the request and receives until the end. Others cancel and, step by step, end
     *            the worker, but never after the delivery has ended: the worker then belongs to the next job, unless it was
     *            asked to exit before that, and is about to.
     * Fields     sent, ended, requested, isWorkerSpent   guarded by the monitor of this
     *            started                                 only the slot's thread
     */
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Job job;
    private final WorkerProcess worker;
    private final Answers answers;
    private final Escalation escalation;
    private boolean started;
    private boolean sent;
    private boolean ended;
    private boolean isWorkerSpent;
    private @Nullable CancelMode requested;

    Delivery(Job job, WorkerProcess worker, Answers answers, Escalation escalation) {
        this.job = job;
        this.worker = worker;
        this.answers = answers;
        this.escalation = escalation;
    }

    boolean isOf(TaskRun<?> run) {
        return job.run().equals(run);
    }

    TaskRun<?> run() {
        return job.run();
    }

    // ------------------------------------------------------------------ the slot's thread

    /** Sends the job and waits for what becomes of it. */
    Report carryOut() throws InterruptedException {
        String violation = null;
        try {
            worker.channel().send(job.message());
            onSent();
            while (worker.channel().receive() instanceof Message message) {
                Report.Answered answer = receive(message);
                if (answer != null) {
                    return answer;
                }
            }
        } catch (ChannelException.TooLarge e) { // nothing was sent
            return answers.refusal(e);
        } catch (ChannelException.Corrupt e) {
            violation = e.getMessage();
        } catch (ChannelException e) {
            LOG.debug("The channel to a worker ended. worker={} cause={}", worker, e.toString());
        } finally {
            onEnded();
        }
        return afterDeath(violation);
    }

    private Report afterDeath(@Nullable String violation) throws InterruptedException {
        boolean innocent = !started && violation == null && job.mayBeDeliveredAgain();
        var crash = worker.bury(violation);
        return innocent ? new Report.NeverBegan(crash) : new Report.Died(crash);
    }

    /** Returns the answer, or null if more is to come. */
    private Report.@Nullable Answered receive(Message message) throws ChannelException.Corrupt {
        MessageKind kind = MessageKind.of(message);
        if (kind == MessageKind.PROGRESS && message.correlationId() != job.id()) {
            return null; // from a thread that an earlier task has left behind
        }
        if (message.correlationId() != job.id() || (kind == MessageKind.STARTED) == started) {
            throw new ChannelException.Corrupt(
                    "A worker spoke out of turn: message=" + message + " task=" + job.id() + " started=" + started);
        }
        return switch (kind) {
            case STARTED -> {
                started = true;
                yield null;
            }
            case PROGRESS -> {
                job.run().progress(ProgressReport.decode(message.payload()));
                yield null;
            }
            case SUCCEEDED -> answers.success(message.payload());
            case FAILED -> answers.failure(message.payload());
            case RUN, CANCEL -> throw new ChannelException.Corrupt("A worker does not send this: message=" + message);
        };
    }

    private synchronized void onSent() {
        sent = true;
        if (requested != null) {
            ask(requested);
        }
    }

    /** Ends a delivery whose job was cancelled before it was sent. */
    void drop() {
        onEnded();
    }

    private synchronized void onEnded() {
        ended = true;
    }

    /** Returns whether the worker was asked to exit, whatever it has answered. Asked when the delivery has ended. */
    synchronized boolean isWorkerSpent() {
        return isWorkerSpent;
    }

    // ------------------------------------------------------------------ any thread

    /** Asks the worker to cancel the job, and sees to it that an interrupted job ends. */
    synchronized void cancel(CancelMode mode) {
        if (ended) {
            return;
        }
        requested = mode;
        if (sent) {
            ask(mode);
        }
        if (mode == CancelMode.INTERRUPT) {
            escalation.begin(this, job.run().options().cancelGrace());
        }
    }

    private void ask(CancelMode mode) {
        try {
            worker.channel().trySend(Message.of(MessageKind.CANCEL.code(), job.id(), CancelRequest.encode(mode)));
        } catch (ChannelException e) {
            LOG.debug("A worker could not be asked to cancel; its thread will see why. worker={}", worker);
        }
    }

    /** Asks the worker to exit. Returns false if the job has ended. */
    synchronized boolean terminate() {
        if (!ended) {
            isWorkerSpent = true;
            worker.terminate();
        }
        return !ended;
    }

    /** Kills the worker if it still has the job. */
    synchronized void kill() {
        if (!ended) {
            isWorkerSpent = true;
            worker.kill();
        }
    }
}
