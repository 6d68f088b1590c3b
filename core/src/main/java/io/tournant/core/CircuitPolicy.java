package io.tournant.core;

import java.time.Duration;

/**
 * When an executor stops taking tasks because everything that should run them dies. More than {@code losses} attempts
 * lost within {@code within}, and none finished between them, open the circuit: {@code submit} fails at once, with reason
 * {@link RejectedTaskException.Reason#CIRCUIT_OPEN} and the last crash as the cause. After {@code pause} one task is let
 * through as a probe; if it finishes, well or badly, the circuit closes, and if it is lost too, another pause begins.
 *
 * <p>Tasks accepted before keep their chance. The pattern is the circuit breaker of M. Nygard, <i>Release It!</i>.
 *
 * @param losses how many attempts may be lost in a row, at least 1
 * @param within the time in which they are counted, positive
 * @param pause how long the circuit stays open before a probe, positive
 */
public record CircuitPolicy(int losses, Duration within, Duration pause) {

    private static final CircuitPolicy DEFAULTS = new CircuitPolicy(20, Duration.ofSeconds(30), Duration.ofSeconds(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public CircuitPolicy {
        if (losses < 1 || !within.isPositive() || !pause.isPositive()) {
            throw new IllegalArgumentException("A circuit needs losses of at least 1 and positive times: losses="
                    + losses + " within=" + within + " pause=" + pause);
        }
    }

    /**
     * Returns the policy of an executor whose backend isolates crashes: 20 losses in 30 seconds, a pause of one second.
     *
     * @return the defaults
     */
    public static CircuitPolicy ofDefaults() {
        return DEFAULTS;
    }
}
