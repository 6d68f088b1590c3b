package io.tournant.core;

import java.io.Serializable;
import java.time.Duration;

/**
 * The cause in the {@code ExecutionException} of a task whose process died: how it died and what it last said. The task
 * may have had effects, and is run again only if its {@linkplain TaskOptions#retry() policy} and its promise to be
 * {@linkplain TaskOptions#idempotent() idempotent} allow it.
 */
public final class WorkerCrashedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** How a worker process came to its end. */
    public sealed interface Crash extends Serializable {

        /**
         * A signal killed it.
         *
         * @param number the number of the signal: 9 for SIGKILL, 11 for SIGSEGV
         */
        record Signal(int number) implements Crash {}

        /**
         * It exited, by {@code System.exit}, {@code Runtime.halt} or a fatal error.
         *
         * @param code the exit code
         */
        record Exited(int code) implements Crash {}

        /**
         * It never became ready to take tasks.
         *
         * @param reason what went wrong, with what it printed
         */
        record StartFailed(String reason) implements Crash {}

        /**
         * It sent what no worker sends, and was killed for it.
         *
         * @param detail what was wrong
         */
        record ProtocolViolation(String detail) implements Crash {}
    }

    /** How the process ended. */
    private final Crash crash;

    /** The id of the process. */
    private final long pid;

    /** How long the process lived. */
    private final Duration uptime;

    /** The last lines it printed. */
    private final String lastOutput;

    /** Whether the task is not run again because of what it did. */
    private final boolean quarantined;

    /**
     * Makes an exception.
     *
     * @param message a sentence, then {@code name=value} pairs
     * @param crash how the process ended
     * @param pid the id of the process, or 0 if there was none
     * @param uptime how long the process lived
     * @param lastOutput the last lines it printed, possibly empty
     */
    public WorkerCrashedException(String message, Crash crash, long pid, Duration uptime, String lastOutput) {
        super(message);
        this.crash = crash;
        this.pid = pid;
        this.uptime = uptime;
        this.lastOutput = lastOutput;
        quarantined = false;
    }

    private WorkerCrashedException(String message, WorkerCrashedException cause) {
        super(message, cause);
        crash = cause.crash;
        pid = cause.pid;
        uptime = cause.uptime;
        lastOutput = cause.lastOutput;
        quarantined = true;
    }

    /**
     * Returns this crash as the one after which a task is not given to any process again.
     *
     * @param crashes how many processes died while they ran the task
     * @return an exception that says so, with this one as its cause
     */
    public WorkerCrashedException quarantine(int crashes) {
        return new WorkerCrashedException(
                "The task is in quarantine: processes died while they ran it, and it is not run again. Run it alone to see"
                        + " why, or raise the limit. crashes=" + crashes + " last=" + getMessage(),
                this);
    }

    /**
     * Tells whether the task would have been run again, had it not cost several processes already.
     *
     * @return true if it is in quarantine
     */
    public boolean isQuarantined() {
        return quarantined;
    }

    /**
     * Returns how the process ended.
     *
     * @return the kind of death
     */
    public Crash crash() {
        return crash;
    }

    /**
     * Returns the id that the process had.
     *
     * @return the id, or 0 if no process was started
     */
    public long pid() {
        return pid;
    }

    /**
     * Returns how long the process lived.
     *
     * @return the time from its start to the news of its death
     */
    public Duration uptime() {
        return uptime;
    }

    /**
     * Returns the last lines that the process printed to its standard output and error.
     *
     * @return the lines, possibly empty
     */
    public String lastOutput() {
        return lastOutput;
    }
}
