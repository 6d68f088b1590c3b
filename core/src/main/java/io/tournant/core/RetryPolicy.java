package io.tournant.core;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * Whether, how often and after which pause a task is run again. Immutable; each wither returns a changed copy:
 *
 * <pre>{@code executor.with(o -> o.retry(RetryPolicy.ofDefaults().maxAttempts(5)).idempotent(true)).submit(() -> fetch(url))}</pre>
 *
 * <p>A task that threw has told how it ended, and is run again if {@code when} says so. A task that ran out of its
 * {@linkplain TaskOptions#timeout() timeout}, or whose process died while it ran, may have had effects: it is run again
 * only if it is {@linkplain TaskOptions#idempotent() idempotent} as well. A task that provably never began needs no such
 * promise. A cancelled task, and one past its {@linkplain TaskOptions#deadline() deadline}, is never run again.
 *
 * <p>The pause before attempt <i>n</i>+1 is {@code firstPause × factor}<sup>n−1</sup>, at most {@code maxPause}, of which
 * the share {@code jitter} is drawn at random, so that tasks that failed together do not come back together.
 *
 * @param maxAttempts how often the task is run at most, the first time included; 1 means never again
 * @param firstPause the pause before the second attempt, zero or more
 * @param maxPause the longest pause, at least {@code firstPause}
 * @param factor by what each pause is longer than the one before, at least 1
 * @param jitter which share of each pause is random, from 0 to 1
 * @param when decides on the exception that {@link TaskHandle#exceptionNow()} would return; called on the thread that ends
 *     the attempt, must not block; if it throws, the task is not run again
 */
public record RetryPolicy(
        int maxAttempts,
        Duration firstPause,
        Duration maxPause,
        double factor,
        double jitter,
        Predicate<? super Throwable> when) {

    private static final Predicate<Throwable> EXCEPTIONS = Exception.class::isInstance;

    private static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, 1, 0, EXCEPTIONS);

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(10), 2, 0.5, EXCEPTIONS);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public RetryPolicy {
        Objects.requireNonNull(when, "when");
        require(maxAttempts >= 1, "maxAttempts", maxAttempts, "at least 1");
        require(!firstPause.isNegative(), "firstPause", firstPause, "zero or more");
        require(maxPause.compareTo(firstPause) >= 0, "maxPause", maxPause, "at least firstPause=" + firstPause);
        require(factor >= 1 && factor < Double.POSITIVE_INFINITY, "factor", factor, "at least 1 and finite");
        require(jitter >= 0 && jitter <= 1, "jitter", jitter, "from 0 to 1");
    }

    private static void require(boolean holds, String field, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "A retry policy has " + field + " " + range + ": " + field + "=" + value);
        }
    }

    /**
     * Returns the policy of a task that is never run again.
     *
     * @return one attempt
     */
    public static RetryPolicy none() {
        return NONE;
    }

    /**
     * Returns a policy that suits most: three attempts, pauses from 100 ms doubling up to 10 s, half of each random, for
     * every {@link Exception} and no {@link Error}.
     *
     * @return the defaults
     */
    public static RetryPolicy ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns this policy with another number of attempts.
     *
     * @param maxAttempts from 1
     * @return the changed copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public RetryPolicy maxAttempts(int maxAttempts) {
        return new RetryPolicy(maxAttempts, firstPause, maxPause, factor, jitter, when);
    }

    /**
     * Returns this policy with other pauses.
     *
     * @param firstPause the pause before the second attempt, zero or more
     * @param maxPause the longest pause, at least {@code firstPause}
     * @return the changed copy
     * @throws IllegalArgumentException if one is out of its range
     */
    public RetryPolicy pause(Duration firstPause, Duration maxPause) {
        return new RetryPolicy(maxAttempts, firstPause, maxPause, factor, jitter, when);
    }

    /**
     * Returns this policy with another growth of the pauses.
     *
     * @param factor at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public RetryPolicy factor(double factor) {
        return new RetryPolicy(maxAttempts, firstPause, maxPause, factor, jitter, when);
    }

    /**
     * Returns this policy with another random share of each pause.
     *
     * @param jitter from 0, no randomness, to 1
     * @return the changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public RetryPolicy jitter(double jitter) {
        return new RetryPolicy(maxAttempts, firstPause, maxPause, factor, jitter, when);
    }

    /**
     * Returns this policy for other exceptions.
     *
     * @param when returns true for the exceptions after which the task is run again
     * @return the changed copy
     */
    public RetryPolicy when(Predicate<? super Throwable> when) {
        return new RetryPolicy(maxAttempts, firstPause, maxPause, factor, jitter, when);
    }

    /**
     * Draws the pause that follows an attempt. The growth with a random share is that of M. Brooker, <i>Exponential Backoff
     * And Jitter</i>, Amazon Web Services, 2015.
     *
     * @param attempt the number of the attempt that ended, from 1
     * @return a pause of at most {@code maxPause}
     */
    public Duration pauseAfter(int attempt) {
        double longest = seconds(maxPause);
        double pause = Math.min(longest, seconds(firstPause) * Math.pow(factor, attempt - 1));
        double drawn = pause * (1 - jitter * ThreadLocalRandom.current().nextDouble());
        Duration rounded = Duration.ofNanos((long) (drawn * 1e9));
        return rounded.compareTo(maxPause) < 0 ? rounded : maxPause;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
