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
 * @param timeout the longest time from the moment the task begins to run, or empty for none
 * @param deadline the longest time from the moment the task is submitted, or empty for none
 * @param cancelGrace how long a cancelled task has to end by itself before a backend that can end it forcibly goes one
 *     step further; backends on threads only interrupt
 */
public record TaskOptions(String name, Optional<Duration> timeout, Optional<Duration> deadline, Duration cancelGrace) {

    private static final TaskOptions DEFAULTS =
            new TaskOptions("", Optional.empty(), Optional.empty(), Duration.ofSeconds(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time limit is not positive or the grace is negative
     */
    public TaskOptions {
        Objects.requireNonNull(name, "name");
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
     * Returns the options of a plain {@code submit}: no name, no limits, a grace of one second.
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
        return new TaskOptions(name, timeout, deadline, cancelGrace);
    }

    /**
     * Returns these options with a limit that counts from the moment the task begins to run.
     *
     * @param timeout a positive duration
     * @return the changed copy
     * @throws IllegalArgumentException if {@code timeout} is not positive
     */
    public TaskOptions timeout(Duration timeout) {
        return new TaskOptions(name, Optional.of(timeout), deadline, cancelGrace);
    }

    /**
     * Returns these options with a limit that counts from the moment the task is submitted.
     *
     * @param deadline a positive duration
     * @return the changed copy
     * @throws IllegalArgumentException if {@code deadline} is not positive
     */
    public TaskOptions deadline(Duration deadline) {
        return new TaskOptions(name, timeout, Optional.of(deadline), cancelGrace);
    }

    /**
     * Returns these options with another grace after a cancellation.
     *
     * @param cancelGrace a duration of zero or more
     * @return the changed copy
     * @throws IllegalArgumentException if {@code cancelGrace} is negative
     */
    public TaskOptions cancelGrace(Duration cancelGrace) {
        return new TaskOptions(name, timeout, deadline, cancelGrace);
    }
}
