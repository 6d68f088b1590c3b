package io.tournant.ipc.process.launch;

import io.tournant.core.Placement;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import io.tournant.ipc.Channel;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker JVM, seen by its parent: the process, the channel to it, what it prints, and the pipe it lives by. */
public final class WorkerProcess {
    /*
     * Fields     channel is written by the thread that starts the worker, before it hands the worker on
     */
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    /** How long a worker whose channel is closed may take to exit. */
    private static final Duration EXIT_GRACE = Duration.ofSeconds(1);

    /** How long the news of a death waits for the last words. */
    private static final Duration OUTPUT_GRACE = Duration.ofMillis(20);

    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private final String name;
    private final Process process;
    private final OutputTail output;
    private final long startNanos = System.nanoTime();
    private @Nullable Channel channel;

    WorkerProcess(String name, Process process, OutputTail output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    void connected(Channel channel) {
        this.channel = channel;
    }

    /** Returns the pipe whose end tells the worker that its parent is gone. */
    DataOutputStream lifeLine() {
        return new DataOutputStream(process.getOutputStream());
    }

    /** Returns the channel to the worker. */
    public Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("The worker has not connected yet: worker=" + name);
        }
        return channel;
    }

    /** Returns where the tasks of this worker run. */
    public Placement placement() {
        return new Placement.InProcess(process.pid(), name);
    }

    /** Returns the process. */
    public Process process() {
        return process;
    }

    /** Asks the worker and its descendants to exit. */
    public void terminate() {
        descendants().forEach(ProcessHandle::destroy);
        process.toHandle().destroy(); // not process.destroy(): that closes the life line as well, which ends it at once
    }

    /** Kills the worker and its descendants. */
    public void kill() {
        List<ProcessHandle> descendants = descendants(); // while they can still be found through their parent
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Ends a worker that has nothing to do, and what its tasks have left behind, and waits until it is gone. */
    public void retire() throws InterruptedException {
        List<ProcessHandle> descendants = descendants(); // while they can still be found through their parent
        channel().close();
        awaitExit();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Leaves nothing of a worker, whatever state it is in. Does not wait. */
    public void discard() {
        if (process.isAlive()) {
            kill();
        }
        channel().close();
        releaseLifeLine();
    }

    /** Waits for the exit that a closed channel announces, and kills what does not come to it. */
    private void awaitExit() throws InterruptedException {
        if (!process.waitFor(EXIT_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            process.waitFor();
        }
    }

    private void releaseLifeLine() {
        try (OutputStream pipe = process.getOutputStream()) {
            LOG.trace("Releasing the life line. worker={} pipe={}", name, pipe);
        } catch (IOException e) {
            LOG.debug("The life line of a worker could not be closed. worker={}", name, e);
        }
    }

    /** Buries a worker that has died or is to die, and returns how that came about. */
    public WorkerCrashedException bury(@Nullable String violation) throws InterruptedException {
        if (violation != null) {
            kill();
        }
        channel().close();
        awaitExit();
        releaseLifeLine();
        Crash crash = violation != null ? new Crash.ProtocolViolation(violation) : crash(process.exitValue());
        Duration uptime = Duration.ofNanos(System.nanoTime() - startNanos);
        String message = "The worker process that ran the task died. The task may have had effects; submit it again if"
                + " that does no harm. crash=" + crash + " worker=" + name + " pid=" + process.pid() + " uptime="
                + uptime;
        return new WorkerCrashedException(message, crash, process.pid(), uptime, output.lastLines(OUTPUT_GRACE));
    }

    private static Crash crash(int exitValue) {
        boolean signal = exitValue > SIGNAL_BASE && exitValue <= SIGNAL_BASE + LAST_SIGNAL;
        return signal ? new Crash.Signal(exitValue - SIGNAL_BASE) : new Crash.Exited(exitValue);
    }

    @Override
    public String toString() {
        return name + "[pid=" + process.pid() + "]";
    }

    /** Buries a worker that did not connect. */
    StartFailedException failedToStart(Exception cause) throws InterruptedException {
        kill();
        process.waitFor();
        releaseLifeLine();
        String printed = output.lastLines(OUTPUT_GRACE);
        return new StartFailedException(
                "A worker did not come up: worker=" + name + " pid=" + process.pid() + " exit=" + process.exitValue()
                        + " cause=" + cause.getMessage() + (printed.isEmpty() ? "" : " output:\n" + printed),
                cause);
    }
}
