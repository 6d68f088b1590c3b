package io.tournant.core;

import java.io.Serializable;
import java.time.Duration;

/**
 * The cause in the {@code ExecutionException} of a task whose process died: how it died and what it last said. The task
 * may have had effects, and is not run again by itself.
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
