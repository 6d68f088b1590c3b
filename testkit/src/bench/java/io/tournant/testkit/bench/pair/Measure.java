package io.tournant.testkit.bench.pair;

/** Something that is measured in a step, by the name under which a pair prints it. */
public enum Measure {
    /** The median of round trips. */
    P50("p50", "-rtt", "us", 1e-3),
    /** What one round trip in a hundred exceeds. */
    P99("p99", "-rtt-p99", "us", 1e-3),
    /** As {@link #P50}, where a round trip begins once a millisecond. */
    PACED_P50("p50", "-paced", "us", 1e-3),
    /** As {@link #P99}, where a round trip begins once a millisecond. */
    PACED_P99("p99", "-paced-p99", "us", 1e-3),
    /** Processor time of both processes for each round trip. */
    PACED_CPU("cpu", "-paced-cpu", "us", 1e-3),
    /** Messages a second. */
    RATE("rate", "-throughput", "/s", 1),
    /** Processor time of both processes, in percent of one processor. */
    IDLE_CPU("busy", "-idle-cpu", "%", 1);

    private final String key;
    private final String suffix;
    private final String unit;
    private final double scale;

    Measure(String key, String suffix, String unit, double scale) {
        this.key = key;
        this.suffix = suffix;
        this.unit = unit;
        this.scale = scale;
    }

    String suffix() {
        return suffix;
    }

    String unit() {
        return unit;
    }

    boolean isCost() {
        return this != RATE;
    }

    double of(Measured measured) {
        return measured.value(key) * scale;
    }
}
