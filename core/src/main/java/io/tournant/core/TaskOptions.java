package io.tournant.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the submitter asks of the executor for a task. Immutable; each wither returns a changed copy:
 *
 * <pre>{@code executor.with(o -> o.name("thumbnail").timeout(Duration.ofSeconds(5))).submit(() -> render(page))}</pre>
 *
 * @param name the name shown in logs and by {@link TaskHandle#name()}; empty for none
 * @param timeout the longest time of one attempt, from the moment it begins to run, or empty for none
 * @param deadline the longest time from the moment the task is submitted, over all attempts, or empty for none
 * @param retry whether the task is run again after it failed
 * @param idempotent whether running the task twice does no harm, so that it may be run again although nobody knows how far
 *     it came
 * @param priority tasks of a higher priority leave the queue first; an executor other than one opened with
 *     {@link ExecutorOptions#priorities()} refuses tasks of another priority than 0
 * @param timestamps whether {@link TaskHandle#at(TaskPhase)} tells when the task entered each phase
 * @param cancelGrace how long a cancelled task has to end by itself: then a backend that can end it forcibly goes one step
 *     further, and on a thread, which can only be interrupted, it is {@linkplain Termination#abandoned() given up}
 */
public record TaskOptions(
        String name,
        Optional<Duration> timeout,
        Optional<Duration> deadline,
        RetryPolicy retry,
        boolean idempotent,
        int priority,
        boolean timestamps,
        Duration cancelGrace) {

    private static final TaskOptions DEFAULTS = new TaskOptions(
            "", Optional.empty(), Optional.empty(), RetryPolicy.none(), false, 0, false, Duration.ofSeconds(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time limit is not positive or the grace is negative
     */
    public TaskOptions {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(retry, "retry");
        timeout.ifPresent(limit -> requirePositive("timeout", limit));
        deadline.ifPresent(limit -> requirePositive("deadline", limit));
        if (cancelGrace.isNegative()) {
            throw new IllegalArgumentException(
                    "The grace after a cancellation is zero or more: cancelGrace=" + cancelGrace);
        }
    }

    private static void requirePositive(String field, Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException(
                    "A time limit is positive; leave it out for none: " + field + "=" + limit);
        }
    }

    /**
     * Returns the options of a plain {@code submit}: no name, no limits, one attempt, a grace of one second.
     *
     * @return the defaults
     */
    public static TaskOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another name.
     *
     * @param name the name, or an empty string for none
     * @return the changed copy
     */
    public TaskOptions name(String name) {
        return new TaskOptions(name, timeout, deadline, retry, idempotent, priority, timestamps, cancelGrace);
    }

    /**
     * Returns these options with a limit that counts from the moment the task begins to run.
     *
     * @param timeout a positive duration
     * @return the changed copy
     * @throws IllegalArgumentException if {@code timeout} is not positive
     */
    public TaskOptions timeout(Duration timeout) {
        return new TaskOptions(
                name, Optional.of(timeout), deadline, retry, idempotent, priority, timestamps, cancelGrace);
    }

    /**
     * Returns these options with a limit that counts from the moment the task is submitted.
     *
     * @param deadline a positive duration
     * @return the changed copy
     * @throws IllegalArgumentException if {@code deadline} is not positive
     */
    public TaskOptions deadline(Duration deadline) {
        return new TaskOptions(
                name, timeout, Optional.of(deadline), retry, idempotent, priority, timestamps, cancelGrace);
    }

    /**
     * Returns these options with another retry policy.
     *
     * @param retry the policy, {@link RetryPolicy#none()} to run the task once
     * @return the changed copy
     */
    public TaskOptions retry(RetryPolicy retry) {
        return new TaskOptions(name, timeout, deadline, retry, idempotent, priority, timestamps, cancelGrace);
    }

    /**
     * Returns these options with or without the promise that running the task twice does no harm.
     *
     * @param idempotent true if it does none
     * @return the changed copy
     */
    public TaskOptions idempotent(boolean idempotent) {
        return new TaskOptions(name, timeout, deadline, retry, idempotent, priority, timestamps, cancelGrace);
    }

    /**
     * Returns these options with another priority.
     *
     * @param priority any number; higher ones leave the queue first, equal ones in the order of submission
     * @return the changed copy
     */
    public TaskOptions priority(int priority) {
        return new TaskOptions(name, timeout, deadline, retry, idempotent, priority, timestamps, cancelGrace);
    }

    /**
     * Returns these options with or without timestamps, which cost a look at the clock for each phase.
     *
     * @param timestamps true to record them
     * @return the changed copy
     */
    public TaskOptions timestamps(boolean timestamps) {
        return new TaskOptions(name, timeout, deadline, retry, idempotent, priority, timestamps, cancelGrace);
    }

    /**
     * Returns these options with another grace after a cancellation.
     *
     * @param cancelGrace a duration of zero or more
     * @return the changed copy
     * @throws IllegalArgumentException if {@code cancelGrace} is negative
     */
    public TaskOptions cancelGrace(Duration cancelGrace) {
        return new TaskOptions(name, timeout, deadline, retry, idempotent, priority, timestamps, cancelGrace);
    }
}
