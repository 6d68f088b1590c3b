package io.tournant.testkit.bench.pair;

import java.util.List;
import java.util.Locale;

/**
 * A piece of work of a pair.
 *
 * @param pattern who sends what
 * @param length the bytes of a message
 */
public record Step(Pattern pattern, int length) {

    /** Who sends what. */
    public enum Pattern {
        /** One sends, the other answers with as much, at once one after the other. */
        RTT,
        /** The same, beginning once a millisecond. */
        PACED,
        /** One sends without a pause, the other receives. */
        THROUGHPUT,
        /** Both wait to receive. */
        IDLE;

        /** Returns what is measured. */
        public List<Measure> measures() {
            return switch (this) {
                case RTT -> List.of(Measure.P50, Measure.P99);
                case PACED -> List.of(Measure.PACED_P50, Measure.PACED_P99, Measure.PACED_CPU);
                case THROUGHPUT -> List.of(Measure.RATE);
                case IDLE -> List.of(Measure.IDLE_CPU);
            };
        }
    }

    /** Reads what {@link #toString} wrote. */
    public static Step parse(String text) {
        String[] parts = text.split(":", 2);
        return new Step(Pattern.valueOf(parts[0].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[1]));
    }

    /** Returns {@code pattern:length}. */
    @Override
    public String toString() {
        return pattern.name().toLowerCase(Locale.ROOT) + ":" + length;
    }
}
