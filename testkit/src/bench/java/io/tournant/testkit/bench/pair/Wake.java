package io.tournant.testkit.bench.pair;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How those who waited in a round trip were woken, which decides how long it takes more than anything else does: two
 * results are comparable only if they are of the same kind.
 */
enum Wake {
    /** Not at all: they looked again and again. */
    SPINNING,
    /** Not at all either, but on a processor that somebody else had meanwhile. */
    CROWDED,
    /** From a sleep on a processor that did not sleep, or stayed close to it. */
    CHEAP,
    /** From a sleep on a processor that had been halted. */
    HALTED;

    private static final double SPINS = 0.1;
    private static final double CHEAP_NANOS = 20_000;
    /** What a byte may take, there and back. */
    private static final double BYTE_NANOS = 2;

    /**
     * Classifies a median.
     *
     * @param sleeps how often the measuring thread gave up its processor, for each round trip
     * @param nanos the median round trip
     * @param length the bytes of a message
     */
    static Wake of(double sleeps, double nanos, int length) {
        boolean soon = nanos < CHEAP_NANOS + BYTE_NANOS * length;
        if (sleeps < SPINS) {
            return soon ? SPINNING : CROWDED;
        }
        return soon ? CHEAP : HALTED;
    }

    /** Returns how many rounds were of which kind, such as {@code cheap:5,halted:2}. */
    static String summary(List<Measured> rounds) {
        Map<Wake, Long> counts =
                rounds.stream().collect(Collectors.groupingBy(Measured::wake, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(count -> count.getKey().name().toLowerCase(Locale.ROOT) + ":" + count.getValue())
                .collect(Collectors.joining(","));
    }
}
